from pminusy.web import jobs

PAGE = {"text": "$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$", "define": [], "assume": []}


def test_every_job_returns_what_json_can_hold():
    assert jobs.proof_json(PAGE)["verdict"] == "wrong"
    assert set(jobs.proof_view(PAGE)) == {"text", "headline", "html", "proof", "spans"}
    assert set(jobs.proof_copies(PAGE)) == {"markdown", "latex", "html"}
    assert set(jobs.step_reasons(PAGE, 0)) == {"html"}
    assert jobs.explanation([2.0, 1.0], [1.0, 0.0])["s"] == 1.0
    assert set(jobs.explanation_view([2.0, 1.0], [1.0, 0.0])) == {"html", "worked"}
