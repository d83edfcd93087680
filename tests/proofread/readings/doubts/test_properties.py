from pminusy.proofread import proofread

STEP = r"$$\sum_k L_{ik} B_{kj} = L_{ii} B_{ij}$$ $$C = LB + BL$$"


def test_matrices_may_have_the_form_that_the_page_speaks_of():
    for words in ("let L be the diagonal matrix of degrees", "Die Diagonalmatrix L", "其中 L 是对角矩阵"):
        step = proofread(f"{words}.\n\n{STEP}").steps[0]
        assert step.verdict == "undecided"
        assert "diagonal" in step.question


def test_what_holds_for_no_such_matrix_is_not_asked_about():
    step = proofread("the diagonal matrix L.\n\n" + STEP.replace("= L_{ii}", "= 2 L_{ii}")).steps[0]
    assert "diagonal" not in (step.question or "")


def test_entries_may_add_up_to_zero_where_the_text_says_so():
    step = r"$$\sum_{i=1}^n (u_i - b)^2 = \sum_{i=1}^n u_i^2 + n b^2$$"
    assert "add up to 0" in proofread("The features are centered. " + step).steps[0].question
    assert proofread(step).verdict == "wrong"


def test_a_projection_is_its_own_square():
    step = proofread(r"Let $R$ be a projection. $$R^T R R w + v = R^T R w + v$$").steps[0]
    assert "idempotent" in step.question


def test_targets_may_be_labels_that_the_page_does_not_tell_of():
    page = r"$$z_k = y_k w^T x_k$$ $$H = \sum_k y_k u_k y_k v_k$$ $$2 H + 1 = 2 \sum_k u_k v_k + 1$$"
    assert "Does y take the values -1 and 1 only?" in proofread(page).steps[-1].question
    assert "-1 and 1" not in (proofread(page.replace("= 2 ", "= 3 ")).steps[-1].question or "")


def test_letters_in_sines_may_be_whole_numbers():
    page = r"$$\int_0^\pi (1 + \cos(2 p u)) du = \int_0^\pi du$$"
    assert "p whole" in proofread(page).steps[-1].question
    assert "whole" not in (proofread(page.replace("= ", "= 2 ")).steps[-1].question or "")


def test_vectors_may_be_orthogonal_where_the_page_speaks_of_it():
    step = r"$$\|u + v\|^2 = \|u\|^2 + \|v\|^2$$"
    for words in (r"Let $u \perp v$.", "The vectors are orthogonal.", "u und v stehen senkrecht."):
        (found,) = proofread(f"{words} {step}").steps
        assert found.verdict == "undecided"
        assert "orthogonal" in found.question
    assert proofread(step).verdict == "wrong"


def test_numbers_of_another_kind_may_be_meant_where_the_page_speaks_of_them():
    step = "$$(a + b)^2 = a^2 + b^2$$"
    for words in (r"In $\mathbb{F}_2$,", "In a ring of characteristic 2,", "In Boolean algebra,"):
        (found,) = proofread(f"{words} {step}").steps
        assert "ordinary numbers" in found.question
    assert proofread(step).verdict == "wrong"
