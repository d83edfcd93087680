from pminusy.report.mathml.prose import plain, prose


def test_formulas_between_dollar_signs_are_typeset_and_words_escaped():
    typeset = str(prose("if $p_k$ < $q$, stop"))
    assert typeset.count("<math>") == 2
    assert typeset.startswith("if <math>")
    assert "</math> &lt; <math>" in typeset
    assert typeset.endswith("</math>, stop")


def test_a_formula_that_cannot_be_read_is_code():
    assert str(prose(r"see $\frac{1$")) == r"see <code>\frac{1</code>"


def test_plain_text_has_no_dollar_signs():
    assert plain("if $p_k$ = $q$") == "if p_k = q"
