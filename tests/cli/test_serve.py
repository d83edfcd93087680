import pytest

from pminusy.web import server


@pytest.fixture
def served(monkeypatch):
    calls = []

    def run(settings, *, started, open_browser):
        calls.append((settings, open_browser))
        started("http://127.0.0.1:8765/")

    monkeypatch.setattr(server, "run", run)
    return calls


def test_it_listens_on_this_machine_only(pminusy, served):
    outcome = pminusy("serve")
    assert (outcome.code, outcome.out, outcome.message) == (0, "Serving at http://127.0.0.1:8765/\n", "")
    ((settings, open_browser),) = served
    assert (settings.host, settings.port, settings.is_local, open_browser) == ("127.0.0.1", 8765, True, False)


def test_it_says_what_listening_elsewhere_means(pminusy, served):
    outcome = pminusy(
        "serve", "--host", "0.0.0.0", "--name", "proofs.example.org", "--open", "--workers", "4"
    )
    assert "without a password" in outcome.message
    ((settings, open_browser),) = served
    assert "proofs.example.org" in settings.hosts
    assert (settings.workers, open_browser) == (4, True)


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "x"], ["--workers", "0"]])
def test_bad_options_are_refused(pminusy, arguments):
    assert pminusy("serve", *arguments).code == 2
