"""What holds for every page: it can be used without a mouse, on a phone, in the dark."""

from pathlib import Path

import pytest

AXE = Path(__file__).with_name("axe.min.js")
PAGES = ["", "softmax", "api"]


def loaded(page, path):
    waiting = {"": "#found h1", "softmax": "#right .bar", "api": "h1"}
    page.locator(waiting[path]).first.wait_for()
    return page


def _is_formula(node):
    """Whether axe found a table header empty because it takes MathML for nothing, which screen readers don't."""
    return node["html"].startswith(('<th scope="col"><math>', '<th scope="row"><math>'))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(opened, path, width, scheme):
    page = loaded(opened(path, width=width, scheme=scheme), path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    found = page.evaluate(run)["violations"]
    assert [
        (each["id"], node["html"]) for each in found for node in each["nodes"] if not _is_formula(node)
    ] == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(opened, path):
    page = loaded(opened(path, width=360, height=740), path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", PAGES)
def test_the_dark_scheme_is_dark(opened, path):
    page = loaded(opened(path, scheme="dark"), path)
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(int(part) for part in colour[4:-1].split(",")) < 64


def test_all_can_be_reached_by_keyboard(opened):
    page = loaded(opened(), "")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {
        "examples",
        "file",
        "text",
        "given-kind",
        "given-text",
        "Add",
        "reply",
        "15",
        "Apply this repair",
    } <= reached
