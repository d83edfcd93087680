"""The catalogue of slips."""

from pathlib import Path

from pminusy.proofread.repair.slips import CATALOGUE

ROOT = Path(__file__).parents[3]


def test_there_are_at_least_twenty_with_different_names():
    assert len({slip.name for slip in CATALOGUE}) == len(CATALOGUE) >= 20


def test_each_has_one_sentence():
    assert all(slip.sentence.endswith(".") and slip.sentence.count(". ") == 0 for slip in CATALOGUE)


def test_the_pages_they_lead_to_exist():
    assert all((ROOT / slip.link).is_file() for slip in CATALOGUE if slip.link is not None)


def test_formulas_in_the_sentences_are_between_dollar_signs():
    for slip in CATALOGUE:
        words = "".join(slip.sentence.split("$")[::2])
        assert not set(words) & set("_^{}\\"), slip.name
