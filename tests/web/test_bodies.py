import asyncio
import json

import pytest
from starlette.requests import Request

from pminusy.web.bodies import BadBody, json_object, page_of, row_of, step_of
from pminusy.web.jobs import Page


def request(body, kind=b"application/json"):
    messages = [{"type": "http.request", "body": body}]

    async def receive():
        return messages.pop()

    return Request({"type": "http", "headers": [(b"content-type", kind)]}, receive)


def read(body, kind=b"application/json"):
    return asyncio.run(json_object(request(body, kind)))


def test_an_object_is_read():
    assert read('{"text": "é"}'.encode(), b"application/json; charset=utf-8") == {"text": "é"}


@pytest.mark.parametrize(
    ("body", "kind", "status", "message"),
    [
        (b"{}", b"text/plain", 415, "Content-Type: expected application/json, got text/plain"),
        (b"{}", b"", 415, "Content-Type: expected application/json, got none"),
        (b"", b"application/json", 400, "body: expected JSON"),
        (b'{"text": ', b"application/json", 400, "body: expected JSON"),
        (b"\xff\xfe\xff", b"application/json", 400, "body: expected JSON"),
        (rb'{"text": "\ud83d"}', b"application/json", 400, "body: expected JSON"),
        (b"[" * 100_000, b"application/json", 400, "body: expected JSON"),
        (b"[1, 2]", b"application/json", 400, "body: expected a JSON object, got a list of 2"),
        (b"3", b"application/json", 400, "body: expected a JSON object, got a number"),
    ],
)
def test_what_is_no_object_is_refused(body, kind, status, message):
    with pytest.raises(BadBody) as refused:
        read(body, kind)
    assert (refused.value.status, str(refused.value)) == (status, message)


def test_a_page_has_a_text_and_what_is_given_beside_it():
    assert page_of({"text": "a"}) == Page("a")
    assert page_of({"text": "a", "assume": ["T=1"]}).assume == ("T=1",)
    assert page_of({"text": "a", "readings": {"f(…)": "a product"}}).readings == (("f(…)", "a product"),)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "text: expected a string, got nothing"),
        ({"text": 3}, "text: expected a string, got a number"),
        ({"text": "a", "define": "b"}, "define: expected a list of strings, got a string"),
        ({"text": "a", "assume": [1]}, "assume: expected a list of strings, got a list of 1"),
        ({"text": "a", "define": ["b"] * 51}, "define: expected at most 50 entries, got 51"),
        ({"text": "a", "txet": "b"}, "txet: unknown field; expected text, define, assume, readings"),
        ({"text": "a", "readings": ["b"]}, "readings: expected an object of strings, got a list of 1"),
        ({"text": "a", "readings": {"b": 1}}, "readings: expected an object of strings, got an object"),
        (
            {"text": "a", "readings": {str(n): "b" for n in range(51)}},
            "readings: expected at most 50 entries, got 51",
        ),
    ],
)
def test_a_bad_page_is_refused(body, message):
    with pytest.raises(BadBody, match=message):
        page_of(body)


def test_a_step_is_one_of_a_page():
    assert step_of({"text": "a", "step": 2}) == (Page("a"), 2)


@pytest.mark.parametrize("step", [None, -1, 0.5, "1", True])
def test_a_bad_step_is_refused(step):
    with pytest.raises(BadBody, match="step: expected a number from 0, got "):
        step_of({"text": "a", "step": step})


def test_a_row_has_logits_and_a_class_or_masses():
    assert row_of({"logits": [2, 1.5], "target": 1}) == ([2.0, 1.5], [0.0, 1.0])
    assert row_of({"logits": [2, 1], "targets": [0.5, 3]}) == ([2.0, 1.0], [0.5, 3.0])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"target": 0}, "logits: expected a list of 1 to 1000 finite numbers, got nothing"),
        ({"logits": [], "target": 0}, "logits: expected a list of 1 to 1000 finite numbers, got a list of 0"),
        ({"logits": [True, 1], "target": 0}, "logits: expected a list of 1 to 1000 finite numbers"),
        ({"logits": [float("nan")], "target": 0}, "logits: expected a list of 1 to 1000 finite numbers"),
        ({"logits": [10**400], "target": 0}, "logits: expected a list of 1 to 1000 finite numbers"),
        ({"logits": [1] * 1001, "target": 0}, "logits: expected a list of 1 to 1000 finite numbers"),
        ({"logits": [1, 2]}, "target, targets: expected exactly one of the two, got both or neither"),
        ({"logits": [1, 2], "target": 0, "targets": [1, 0]}, "expected exactly one of the two"),
        ({"logits": [1, 2], "target": 2}, r"target: expected a class in \[0, 2\), got 2"),
        ({"logits": [1, 2], "target": True}, r"target: expected a class in \[0, 2\), got true"),
        ({"logits": [1, 2], "target": 0.5}, r"target: expected a class in \[0, 2\), got 0.5"),
        (
            {"logits": [1, 2], "targets": "1,0"},
            "targets: expected a list of 1 to 1000 finite numbers, got a string",
        ),
    ],
)
def test_a_bad_row_is_refused(body, message):
    with pytest.raises(BadBody, match=message):
        row_of(body)


def test_json_has_names_for_what_no_number_is():
    with pytest.raises(BadBody):
        row_of(json.loads('{"logits": [Infinity, 0], "target": 0}'))
