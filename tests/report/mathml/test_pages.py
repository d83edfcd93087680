"""Every formula of the derivations that can be read can be typeset."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from pminusy.proofread.source.reader import read_page
from pminusy.report.mathml import math

PAGES = sorted((Path(__file__).parents[3] / "docs" / "derivations").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_of_formulas(page):
    chains = read_page(page.read_text(encoding="utf-8")).chains
    trees = [member.tree for chain in chains for member in chain.members if member.tree]
    assert trees
    for tree in trees:
        ElementTree.fromstring(str(math(tree)))
