from pminusy.proofread import proofread
from pminusy.web import jobs

PAGE = jobs.Page("$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$")


def test_every_job_returns_what_json_can_hold():
    assert jobs.proof_json(PAGE)["verdict"] == "wrong"
    assert set(jobs.proof_view(PAGE)) == {"text", "headline", "html", "proof", "spans", "idle"}
    assert set(jobs.proof_copies(PAGE)) == {"markdown", "latex", "html"}
    assert set(jobs.step_reasons(PAGE, 0)) == {"html"}
    assert jobs.explanation([2.0, 1.0], [1.0, 0.0])["s"] == 1.0
    assert set(jobs.explanation_view([2.0, 1.0], [1.0, 0.0])) == {"html", "worked"}


def test_a_page_is_checked_once_for_all_that_is_asked_of_it(monkeypatch):
    asked = []

    def counted(text, **given):
        asked.append(text)
        return proofread(text, **given)

    monkeypatch.setattr(jobs, "proofread", counted)
    page = jobs.Page("$$g(x) = x^3$$ $$g'(x) = 3 x^2$$")
    jobs.proof_view(page)
    jobs.step_reasons(page, 0)
    jobs.proof_copies(page)
    assert len(asked) == 1
    jobs.proof_view(page._replace(assume=("T=1",)))
    jobs.proof_view(page)
    assert len(asked) == 3


def test_a_reading_of_what_is_not_open_is_put_aside_while_a_page_is_edited():
    readings = (("u(…)", "a function call"), ("v(…)", "a product"), ("w(…)", "a product"))
    shown = jobs.proof_view(jobs.Page("$$u = 4 t$$ $$2 u(t - 1) + 0 = 8 t - 8$$", readings=readings))
    assert shown["idle"] == ["v(…)", "w(…)"]
    assert shown["proof"]["verdict"] == "correct"
