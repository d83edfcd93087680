import pytest

from pminusy.datasets.pieces.found import find_sources
from pminusy.errors import DataError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "s/year=2023/b.csv",
        "s/year=2023/a.csv",
        "s/year=__HIVE_DEFAULT_PARTITION__/c.csv",
        "s/_tmp/d.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x\n1\n")
    (tmp_path / "s" / "notes.txt").write_text("no table")
    return tmp_path


def test_a_folder_means_its_tables_by_name_at_any_depth(folder):
    sources = find_sources(["s"])
    assert sources.files == (
        "s/year=2023/a.csv",
        "s/year=2023/b.csv",
        "s/year=__HIVE_DEFAULT_PARTITION__/c.csv",
    )
    assert [sources.told(file) for file in sources.files] == [
        {"year": "2023"},
        {"year": "2023"},
        {"year": None},
    ]
    assert (sources.name, sources.shown) == ("s", "s")


@pytest.mark.parametrize(
    ("given", "files", "name"),
    [
        (["s/*/a.csv"], ["s/year=2023/a.csv"], "s"),
        (["s/year=2023/a.csv"], ["s/year=2023/a.csv"], "a"),
        (["s/year=2023/b.csv", "s/year=2023/a.csv"], ["s/year=2023/b.csv", "s/year=2023/a.csv"], "year=2023"),
        (["iris"], ["iris"], "iris"),
        (["missing.csv"], ["missing.csv"], "missing"),
    ],
)
def test_patterns_and_names(folder, given, files, name):
    sources = find_sources(given)
    assert (list(sources.files), sources.name) == (files, name)


def test_one_file_that_is_asked_for_has_its_own_columns_only(folder):
    assert find_sources(["s/year=2023/a.csv"]).told("s/year=2023/a.csv") == {}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["*.parquet"], r"\*.parquet: expected files that match it, found none"),
        (["s/_tmp/empty"], "empty: expected files that end in .parquet, .pq, .csv.*, found none"),
        (["s", "s/year=2023/a.csv"], "data: expected each file once, got s/year=2023/a.csv twice"),
    ],
)
def test_nothing_and_twice_are_errors(folder, given, message):
    (folder / "s" / "_tmp" / "empty").mkdir()
    with pytest.raises(DataError, match=message):
        find_sources(given)
