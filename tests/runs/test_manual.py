from pathlib import Path

import pytest

from pminusy.errors import InputError
from pminusy.proofread.repair import slips
from pminusy.runs import manual

DOCS = Path(__file__).parents[2] / "docs"


def test_every_page_is_there_with_its_title():
    titles = manual.pages()
    written = {file.stem for file in DOCS.rglob("*.md") if file.read_text(encoding="utf-8").startswith("# ")}
    assert set(titles) == written - {"README", "index"}
    for name, title in titles.items():
        assert manual.page(name).partition("\n")[0].lstrip("#") == f" {title}"


def test_every_page_that_a_slip_points_to_is_there():
    links = {slip.link for slip in vars(slips).values() if isinstance(slip, slips.Slip) and slip.link}
    assert links
    for link in links:
        assert manual.page(link) == (DOCS.parent / link).read_text()


@pytest.mark.parametrize("name", ["derivations", "docs/derivations", "derivations/"])
def test_a_section_has_the_pages_of_its_folder(name):
    assert manual.is_section(name)
    assert set(manual.pages(name)) == {file.stem for file in (DOCS / "derivations").glob("*.md")} - {"README"}


@pytest.mark.parametrize(
    "name", ["softmax", "docs/derivations/softmax.md", "", ".", "..", "command-line", "_static"]
)
def test_a_page_or_another_folder_is_no_section(name):
    assert not manual.is_section(name)


@pytest.mark.parametrize(
    ("name", "message"), [("sofmax", "did you mean 'softmax'"), ("xyz", "the pages are command-line")]
)
def test_an_unknown_page_is_an_error_that_says_what_there_is(name, message):
    with pytest.raises(InputError, match=message):
        manual.page(name)


def test_names_are_those_of_one_page_each():
    stems = [file.stem for file in manual._folder().rglob("*.md") if manual._title(file)]
    doubled = {stem for stem in stems if stems.count(stem) > 1} - {"README", "index"}
    assert not doubled
    assert not {"index", "changelog"} & set(manual.pages())
