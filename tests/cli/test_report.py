def test_the_report_is_printed_in_full_and_its_page_named(pminusy, model):
    outcome = pminusy("report", model)
    assert (outcome.code, outcome.message) == (0, "")
    for word in ("Softmax regression on table", "What the scores mean", "Strongest weights"):
        assert word in outcome.out
    assert outcome.out.endswith("HTML report with charts: model/report.html\n")
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_a_missing_page_is_made_again(pminusy, model, tmp_path):
    (tmp_path / model / "report.html").unlink()
    assert pminusy("report", model).code == 0
    assert (tmp_path / model / "report.html").read_text().startswith("<!DOCTYPE html>")


def test_a_damaged_report_is_an_error_of_a_line(pminusy, model, tmp_path):
    (tmp_path / model / "report.json").write_text("{")
    outcome = pminusy("report", model)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.message.startswith("error: model/report.json: changed since it was written")
    assert len(outcome.message.splitlines()) == 1
