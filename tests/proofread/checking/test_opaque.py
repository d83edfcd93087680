from tests.proofread.reading import compared


def test_a_given_derivative_is_used_and_no_other_is_known():
    rule = r"\frac{\partial L}{\partial a_i} = g_i"
    assert compared(r"\frac{\partial L}{\partial w}", r"\sum_i g_i x_i", rule, "a_i = w x_i")
    assert compared(r"\frac{\partial L}{\partial w}", r"\sum_i g_i", rule, "a_i = w x_i").equal is not True


def test_the_chain_rule_holds_for_any_function_of_what_it_depends_on():
    chain = r"\frac{\partial L}{\partial a} \frac{\partial a}{\partial w}"
    assert compared(r"\frac{\partial L}{\partial w}", chain, "a = w^2 x")
    assert compared(r"\frac{\partial L}{\partial w}", f"2 {chain}", "a = w^2 x").equal is not True


def test_sums_over_all_entries_are_needed():
    total = r"\sum_k \frac{\partial L}{\partial a_k} \frac{\partial a_k}{\partial w_j}"
    alone = r"\frac{\partial L}{\partial a_j} \frac{\partial a_j}{\partial w_j}"
    definition = r"a_k = \sum_j u_{kj} w_j"
    assert compared(r"\frac{\partial L}{\partial w_j}", total, definition)
    assert compared(r"\frac{\partial L}{\partial w_j}", alone, definition).equal is not True
