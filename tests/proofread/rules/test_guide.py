from pathlib import Path

from pminusy.proofread.rules.catalogue import RULES
from pminusy.proofread.rules.guide import guide

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_page_is_the_one_that_the_code_gives():
    assert PAGE.read_text(encoding="utf-8") == guide()


def test_the_page_names_every_rule_in_both_directions():
    text = guide()
    assert all(f"{rule.name}" in text and (rule.back == rule.name or rule.back in text) for rule in RULES)


def test_every_page_that_a_rule_refers_to_is_there():
    pages = PAGE.parent / "derivations"
    assert all((pages / f"{rule.page}.md").exists() for rule in RULES if rule.page)
