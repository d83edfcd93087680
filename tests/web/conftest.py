import pytest

pytest.importorskip("starlette", reason="the web application is not installed")

from starlette.testclient import TestClient

from pminusy.web.app import create_app
from pminusy.web.settings import Settings


@pytest.fixture(scope="session")
def client():
    """A client of an application with one worker; errors in the application become answers, as they would be."""
    app = create_app(Settings(workers=1))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client
