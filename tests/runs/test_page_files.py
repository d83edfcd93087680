import pytest

from pminusy.errors import DataError
from pminusy.runs.page_files import is_one_file, page_files


@pytest.fixture(autouse=True)
def _notes(tmp_path, monkeypatch):
    for name in ["b.md", "a.tex", "deep/er/c.ipynb", "deep/data.csv", ".git/d.md", "deep/.hidden.md", "E.MD"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)


def test_of_a_folder_all_pages_are_taken_but_nothing_hidden():
    assert page_files(["."]) == ["E.MD", "a.tex", "b.md", "deep/er/c.ipynb"]


def test_a_pattern_takes_whatever_matches():
    assert page_files(["**/*.md"]) == ["b.md"]
    assert page_files(["deep/*.csv"]) == ["deep/data.csv"]


def test_each_file_is_taken_once_where_it_is_first_named():
    assert page_files(["b.md", "*.tex", "b.md", "-"]) == ["b.md", "a.tex", "-"]


def test_a_file_with_the_letters_of_a_pattern_is_itself(tmp_path):
    (tmp_path / "week[1].md").write_text("")
    assert page_files(["week[1].md"]) == ["week[1].md"]
    assert is_one_file(["week[1].md"])


@pytest.mark.parametrize("name", ["*.rst", "empty"])
def test_what_has_no_file_is_an_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match=r"no file matches|got none"):
        page_files([name])


def test_a_missing_file_is_left_to_who_reads_it():
    assert page_files(["none.md"]) == ["none.md"]


@pytest.mark.parametrize(
    ("given", "one"),
    [(["b.md"], True), (["-"], True), (["deep"], False), (["*.md"], False), (["b.md"] * 2, False)],
)
def test_one_file_is_told_from_folders_and_patterns(given, one):
    assert is_one_file(given) is one


def test_links_to_folders_are_not_followed(tmp_path):
    (tmp_path / "deep" / "up").symlink_to(tmp_path)
    assert page_files(["deep"]) == ["deep/er/c.ipynb"]
