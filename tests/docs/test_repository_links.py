"""Links of pages as they lead on the site."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.fixture
def on_the_site(monkeypatch):
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    monkeypatch.delitem(sys.modules, "repository_links", raising=False)
    from repository_links import on_the_site

    return on_the_site


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("[a](softmax.md)", DOCS / "derivations", "[a](/derivations/softmax.md)"),
        ("[a](softmax.md#b)", DOCS / "derivations", "[a](/derivations/softmax.md#b)"),
        ("[a](../benchmarks/LOSS.md)", DOCS, "[a](/benchmarks/loss.md)"),
        ("[a](docs/tables.md#b)", ROOT, "[a](/tables.md#b)"),
        ("[`f.py`](../../src/pminusy/files.py), b", DOCS / "derivations", "`f.py`, b"),
        ("[a](https://example.org/b.md)", DOCS, "[a](https://example.org/b.md)"),
        ("![a](path-light.png)", DOCS, "![a](path-light.png)"),
        ("$f[i](x)$", DOCS, "$f[i](x)$"),
    ],
)
def test_pages_are_linked_and_other_files_named(on_the_site, text, place, expected):
    assert on_the_site(text, place) == expected
