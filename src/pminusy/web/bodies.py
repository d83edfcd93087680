"""Request bodies, read and checked field by field."""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.requests import Request

from pminusy.web.jobs import Page

MAX_LOGITS = 1000
MAX_EXTRAS = 50


class BadBody(Exception):
    """The body of a request can't be used; the message names the field, what was expected and what came."""

    def __init__(self, reason: str, status: int = 422) -> None:
        super().__init__(reason)
        self.status = status


async def json_object(request: Request) -> dict[str, Any]:
    """Read a JSON object."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise BadBody(f"Content-Type: expected application/json, got {kind or 'none'}", 415)
    try:
        value = json.loads(await request.body())
        json.dumps(
            value, ensure_ascii=False
        ).encode()  # an escape may be half of a character, which no answer can hold
    except (ValueError, RecursionError):
        raise BadBody("body: expected JSON", 400) from None
    if not isinstance(value, dict):
        raise BadBody(f"body: expected a JSON object, got {_kind(value)}", 400)
    return value


def page_of(body: dict[str, Any]) -> Page:
    """The page to proofread: `text`, and optionally `define`, `assume` and `readings`."""
    _refuse_others(body, ("text", "define", "assume", "readings"))
    if not isinstance(text := body.get("text"), str):
        raise BadBody(f"text: expected a string, got {_kind(text)}")
    return Page(
        text,
        tuple(_strings(body, "define")),
        tuple(_strings(body, "assume")),
        tuple(_pairs(body, "readings")),
    )


def step_of(body: dict[str, Any]) -> tuple[Page, int]:
    """A page and the number of one of its steps: `step`, from 0."""
    step = body.pop("step", None)
    if isinstance(step, bool) or not isinstance(step, int) or step < 0:
        raise BadBody(f"step: expected a number from 0, got {json.dumps(step)[:40]}")
    return page_of(body), step


def row_of(body: dict[str, Any]) -> tuple[list[float], list[float]]:
    """The row to work out: `logits`, and `target` or `targets`."""
    _refuse_others(body, ("logits", "target", "targets"))
    logits = _numbers(body, "logits")
    if ("target" in body) == ("targets" in body):
        raise BadBody("target, targets: expected exactly one of the two, got both or neither")
    if "targets" in body:
        return logits, _numbers(body, "targets")
    target = body["target"]
    if isinstance(target, bool) or not isinstance(target, int) or not 0 <= target < len(logits):
        raise BadBody(f"target: expected a class in [0, {len(logits)}), got {json.dumps(target)[:40]}")
    return logits, [float(k == target) for k in range(len(logits))]


def _refuse_others(body: dict[str, Any], known: tuple[str, ...]) -> None:
    if others := [name for name in body if name not in known]:
        raise BadBody(f"{others[0][:40]}: unknown field; expected {', '.join(known)}")


def _strings(body: dict[str, Any], name: str) -> list[str]:
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadBody(f"{name}: expected a list of strings, got {_kind(value)}")
    if len(value) > MAX_EXTRAS:
        raise BadBody(f"{name}: expected at most {MAX_EXTRAS} entries, got {len(value)}")
    return value


def _pairs(body: dict[str, Any], name: str) -> list[tuple[str, str]]:
    value = body.get(name, {})
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise BadBody(f"{name}: expected an object of strings, got {_kind(value)}")
    if len(value) > MAX_EXTRAS:
        raise BadBody(f"{name}: expected at most {MAX_EXTRAS} entries, got {len(value)}")
    return list(value.items())


def _numbers(body: dict[str, Any], name: str) -> list[float]:
    value = body.get(name)
    if not isinstance(value, list) or not 0 < len(value) <= MAX_LOGITS or not all(map(_is_finite, value)):
        raise BadBody(f"{name}: expected a list of 1 to {MAX_LOGITS} finite numbers, got {_kind(value)}")
    return [float(each) for each in value]


def _is_finite(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value)
    except OverflowError:
        return False


def _kind(value: Any) -> str:
    names = {type(None): "nothing", bool: "true or false", dict: "an object", str: "a string"}
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return names.get(type(value), "a number")
