import pytest

from pminusy.proofread.syntax import names


def test_spellings_lead_to_one_name():
    assert {names.FUNCTIONS[each] for each in ("relu", "ReLU", "RELU", "Relu")} == {"relu"}
    assert names.FUNCTIONS["trace"] == names.FUNCTIONS["Tr"] == "tr"


def test_every_name_of_a_function_is_also_one_of_its_spellings():
    for name in names.FUNCTIONS.values():
        assert names.FUNCTIONS.get(name, name) == name


def test_brackets_close_each_other():
    assert names.CLOSERS["("] == ")"
    assert names.CLOSERS[r"\langle"] == r"\rangle"
    assert not names.CLOSERS.keys() & set(names.CLOSERS.values())


@pytest.mark.parametrize("sign", ["=", "<", r"\ne", r"\le", r"\in"])
def test_relations(sign):
    assert sign in names.RELATIONS


def test_no_greek_letter_is_a_function():
    assert not names.GREEK & names.FUNCTIONS.keys()
