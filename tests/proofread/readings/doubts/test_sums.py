from tests.proofread.reading import read, tree

from pminusy.proofread import proofread
from pminusy.proofread.readings.doubts.sums import questions, repeated_index, writes_sums


def asked(left, right):
    of = read(r"x_i + y_i = z_i")
    return list(questions(of.tree(left), of.tree(right), of.model))


def test_a_sum_of_what_does_not_have_its_index():
    assert asked("a", r"\sum_k b") == ["Does the summand depend on k?"]


def test_a_sum_that_is_its_first_term():
    assert asked(r"\sum_{i=1}^n x_i^2", "x_1^2") == ["Does the sum have one term only?"]
    assert asked(r"\sum_{i=1}^n x_i^2", "x_2^2") == []


def test_the_size_of_the_set_that_a_sum_runs_over():
    assert any("how many" in each for each in asked(r"\frac{1}{|C|} \sum_{i \in C} x_i", "a"))


def test_an_index_twice_in_a_product_and_not_on_the_other_side():
    assert repeated_index(tree("c"), tree("a_i b_i")) == "i"
    assert repeated_index(tree("c_i"), tree("a_i b_i")) == ""
    assert repeated_index(tree("c"), tree(r"\sum_i a_i b_i")) == ""


def test_a_page_that_writes_its_sums():
    assert writes_sums(read(r"s = \sum_i a_i").model)


def test_what_stands_in_a_limit_has_to_be_a_whole_number():
    page = r"$$\sum_{k=\max(1, a - b)}^{\min(a, c)} k x^k"
    page += r" = x \sum_{l=\max(0, a - b - 1)}^{\min(a, c) - 1} (l + 1) x^l$$"
    assert proofread(page).verdict != "wrong"
