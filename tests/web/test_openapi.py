import pytest

from pminusy.web.openapi import DOCUMENT

TEXTS = [
    "$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$",
    "$$f(x) = x^2$$ $$f'(x) = 2x$$",
    r"$$f(x) = x^2$$ $$f'(x) = 2x = x + \kappa$$",
    r"$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}$$ $$L = -\sum_k y_k \log p_k$$"
    r"$$\frac{\partial L}{\partial o_i} = p_i - y_i$$",
    "$$u = 4 t$$ $$2 u(t - 1) + 0 = 8 t - 8$$",
]


def test_the_document_is_served(client):
    assert client.get("/api/openapi.json").json() == DOCUMENT


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_the_examples_work_and_the_answers_are_as_described(client, path):
    operation = DOCUMENT["paths"][path]["post"]
    content = operation["requestBody"]["content"]["application/json"]
    _check(content["example"], content["schema"])
    answer = client.post(path, json=content["example"])
    assert answer.status_code == 200
    _check(answer.json(), operation["responses"]["200"]["content"]["application/json"]["schema"])


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_found_is_as_described(client, text):
    _check(
        client.post("/api/proofread", json={"text": text}).json(), DOCUMENT["components"]["schemas"]["Proof"]
    )


def test_errors_are_as_described(client):
    _check(client.post("/api/proofread", json={}).json(), DOCUMENT["components"]["schemas"]["Error"])


KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "array": list,
}


def _check(value, schema):
    """Hold a value against the part of JSON Schema that the document uses."""
    if "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        assert sum(_fits(value, each) for each in schema["oneOf"]) == 1, (value, schema)
        return
    if "enum" in schema:
        assert value in schema["enum"]
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(isinstance(value, KINDS[kind]) for kind in kinds), (value, schema)
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        assert set(schema.get("required", ())) <= set(value)
        if schema.get("additionalProperties") is False:
            assert set(value) <= set(fields)
        for name, each in value.items():
            if name in fields:
                _check(each, fields[name])
    if isinstance(value, list) and "items" in schema:
        for each in value:
            _check(each, schema["items"])


def _fits(value, schema):
    try:
        _check(value, schema)
    except AssertionError:
        return False
    return True
