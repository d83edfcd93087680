def test_the_pages_are_listed(pminusy):
    outcome = pminusy("docs")
    assert (outcome.code, outcome.message) == (0, "")
    assert "softmax " in outcome.out
    assert "command-line " in outcome.out


def test_a_page_is_printed(pminusy):
    outcome = pminusy("docs", "softmax")
    assert (outcome.code, outcome.message) == (0, "")
    assert outcome.out.startswith("# Softmax")


def test_a_section_is_listed(pminusy):
    outcome = pminusy("docs", "derivations")
    assert (outcome.code, outcome.message) == (0, "")
    assert "dropout " in outcome.out
    assert "optimizers " not in outcome.out


def test_an_unknown_page_is_an_error_of_a_line(pminusy):
    outcome = pminusy("docs", "sofmax")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.message == "error: page: no page 'sofmax'; did you mean 'softmax'?\n"
