"""The API described as OpenAPI 3.1."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT, "maxItems": 50}
_NUMBER = {"type": "number"}
_NUMBERS = {"type": "array", "items": _NUMBER, "minItems": 1, "maxItems": 1000}
_MAYBE_TEXT = {"type": ["string", "null"]}
_MAYBE_NUMBER = {"type": ["number", "null"]}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def _described(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return schema | {"description": description}


def _maybe(schema: str, description: str) -> dict[str, Any]:
    return {
        "oneOf": [{"type": "null"}, {"$ref": f"#/components/schemas/{schema}"}],
        "description": description,
    }


_LOGITS = _described(_NUMBERS, "One for each class.")
_SUGGESTION = {
    "start": {"type": "integer"},
    "end": {"type": "integer"},
    "found": _TEXT,
    "repair": _MAYBE_TEXT,
    "repaired": _MAYBE_TEXT,
    "slip": _MAYBE_TEXT,
    "explanation": _MAYBE_TEXT,
    "link": _MAYBE_TEXT,
    "assumption": _MAYBE_TEXT,
}

_SCHEMAS = {
    "Page": _object(
        {"text": _described(_TEXT, "Markdown, LaTeX, HTML, plain text, or a Jupyter notebook.")},
        {
            "define": _described(_TEXTS, "Definitions missing from the text, such as \\kappa = \\beta."),
            "assume": _described(_TEXTS, "Assumptions to make, such as sum(y)=1."),
            "readings": _described(
                {"type": "object", "additionalProperties": _TEXT, "maxProperties": 50},
                "How to read what the notation leaves open: for the key of a choice one of its options, such as "
                '{"f(…)": "a product"}.',
            ),
        },
    ),
    "Proof": _object(
        {
            "verdict": {"enum": ["correct", "correct_if", "wrong", "undecided"]},
            "assumptions": _described(
                {"type": "array", "items": _TEXT}, "What has to hold, if the verdict is correct_if."
            ),
            "definitions": _described(
                {"type": "array", "items": _object({"line": {"type": "integer"}, "latex": _TEXT})},
                "Lines that were read as definitions.",
            ),
            "steps": _described(
                {"type": "array", "items": {"$ref": "#/components/schemas/Step"}},
                "All other equalities, each with its verdict.",
            ),
            "first_wrong": _maybe("FirstWrong", "The first wrong step and what to put there, or null."),
            "final_answer": _maybe("FinalAnswer", "The answer that the page arrives at, and the right one."),
            "notes": _described({"type": "array", "items": _TEXT}, "How ambiguous notation was read."),
            "choices": _described(
                {"type": "array", "items": {"$ref": "#/components/schemas/Choice"}},
                "What the notation leaves open; readings decides it.",
            ),
        }
    ),
    "Step": {
        "type": "object",
        "properties": {
            "line": _described({"type": "integer"}, "Line of the right side, from 1."),
            "lhs": _TEXT,
            "rhs": _TEXT,
            "verdict": {"enum": ["holds", "holds_if", "fails", "undecided"]},
            "assumption": _MAYBE_TEXT,
            "inherited": _described({"type": "boolean"}, "Whether an earlier mistake is carried on."),
            "residual": _described(_MAYBE_NUMBER, "Relative difference of the sides."),
            "witness": _described({"type": ["object", "null"]}, "A point at which the sides differ."),
            "reason": _described(_MAYBE_TEXT, "Why it could not be decided."),
            "question": _described(_MAYBE_TEXT, "What to clarify so that it can be decided."),
            "confidence": {"enum": ["sure", "likely", None]},
            "rests_on": _described({"type": "array", "items": _TEXT}, "Readings that the verdict rests on."),
            "choices": _described(
                {"type": "array", "items": _TEXT},
                "Keys of the choices that it rests on or that are asked about.",
            ),
            "warnings": {"type": "array", "items": _TEXT},
        },
        "required": ["line", "lhs", "rhs", "verdict"],
    },
    "Choice": _object(
        {
            "key": _described(_TEXT, "What it is about, such as f(…)."),
            "options": _described(
                {"type": "array", "items": _TEXT}, "What that may be; the likeliest first."
            ),
            "chosen": _described(_MAYBE_TEXT, "The option that was given, or null."),
        }
    ),
    "FirstWrong": _object(
        {
            "line": {"type": "integer"},
            **_SUGGESTION,
            "alternatives": {"type": "array", "items": _object(_SUGGESTION)},
        }
    ),
    "FinalAnswer": _object(
        {
            "latex": _TEXT,
            "right": {"type": ["boolean", "null"]},
            "right_if": _MAYBE_TEXT,
            "correct": _MAYBE_TEXT,
            "correct_if": _MAYBE_TEXT,
            "simpler": _MAYBE_TEXT,
            "simpler_if": _MAYBE_TEXT,
        }
    ),
    "Row": {
        "oneOf": [
            _object(
                {"logits": _LOGITS, "target": _described({"type": "integer"}, "The true class, from 0.")}
            ),
            _object({"logits": _LOGITS, "targets": _described(_NUMBERS, "Mass of each class, of any sum.")}),
        ]
    },
    "Explanation": {
        "type": "object",
        "description": "Infinities are null. Of more than 8 classes, those with the most mass are shown.",
        "properties": {
            "n_classes": _described({"type": "integer"}, "How many logits there are."),
            "s": _described(_NUMBER, "The sum of the targets."),
            "loss": _described(_MAYBE_NUMBER, "−Σ y log p."),
            "classes": _described({"type": "array"}, "z, p, log p, y and the loss of each class."),
            "gradient": _described({"type": "array"}, "The chain rule beside s·p − y, for each class."),
            "difference": _described(_NUMBER, "The largest difference of the two."),
        },
        "required": ["n_classes", "s", "loss", "classes", "gradient", "difference"],
    },
    "Error": _object({"error": _described(_TEXT, "What was wrong, in a sentence.")}),
}


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _operation(summary: str, body: str, result: str, example: dict[str, Any]) -> dict[str, Any]:
    refusals = {
        "400": "The body is not a JSON object.",
        "413": "The body is larger than 200 kB.",
        "415": "The body is not declared as JSON.",
        "422": "A field is missing or invalid, or the check took too much time or memory.",
        "503": "Too many checks at once; Retry-After says when to come back.",
    }
    return {
        "post": {
            "summary": summary,
            "requestBody": {
                "required": True,
                "content": {"application/json": {**_content(body)["application/json"], "example": example}},
            },
            "responses": {
                "200": {"description": "The result.", "content": _content(result)},
                **{
                    code: {"description": text, "content": _content("Error")}
                    for code, text in refusals.items()
                },
            },
        }
    }


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "pminusy",
        "version": version("pminusy"),
        "description": "Proofread derivations, and work out softmax cross-entropy.",
    },
    "paths": {
        "/api/proofread": _operation(
            "Find the first wrong step of a derivation, as pminusy proofread --json does.",
            "Page",
            "Proof",
            {"text": "$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$"},
        ),
        "/api/explain": _operation(
            "Work out the loss and the gradient of one row, as pminusy explain --json does.",
            "Row",
            "Explanation",
            {"logits": [2.0, 1.0, 0.1], "target": 0},
        ),
    },
    "components": {"schemas": _SCHEMAS},
}
"""The document that `/api/openapi.json` returns."""
