import pytest
from starlette.testclient import TestClient

from pminusy.web.app import create_app
from pminusy.web.settings import Settings


@pytest.mark.parametrize(
    "path", ["/", "/softmax", "/api", "/style.css", "/static/proofread.js", "/nowhere", "/api/openapi.json"]
)
def test_every_answer_forbids_what_comes_from_elsewhere(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:99", "[::1]:8765", "LOCALHOST"])
def test_the_server_answers_to_its_own_names(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "localhost.evil.example", "", "[::2]", "127.0.0.1.nip.io"]
)
def test_it_does_not_answer_to_others(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.json()["error"].startswith("Host: ")


def test_a_name_can_be_added():
    client = TestClient(
        create_app(Settings(allowed_hosts=("proofs.example.org",))), base_url="https://proofs.example.org"
    )
    assert client.get("/").status_code == 200


def test_a_large_body_is_refused(client):
    answer = client.post("/api/proofread", json={"text": "x" * 200_001})
    assert (answer.status_code, answer.json()) == (413, {"error": "body: expected at most 200 kB"})


def test_a_large_body_without_a_length_is_refused(client):
    def pieces():
        yield b'{"text": "'
        for _ in range(300):
            yield b"x" * 1000
        yield b'"}'

    answer = client.post("/api/proofread", content=pieces(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
