from starlette.testclient import TestClient

from pminusy.web.app import create_app


def test_an_application_starts_and_ends_its_workers():
    app = create_app()
    with TestClient(app, base_url="http://localhost") as client:
        assert client.post("/api/explain", json={"logits": [1, 1], "target": 0}).status_code == 200
    with TestClient(app, base_url="http://localhost") as client:
        assert client.post("/api/explain", json={"logits": [1, 1], "target": 0}).status_code == 200


def test_an_unknown_address_is_not_found(client):
    assert client.get("/elsewhere").status_code == 404
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404
