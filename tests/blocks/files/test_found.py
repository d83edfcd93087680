import pytest

from pminusy.blocks.files.found import find_files
from pminusy.errors import InputError


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.parquet",
        "a.parquet",
        "deep/year=2024/c.parquet",
        "_old/d.parquet",
        ".e.parquet",
        "notes.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_of_a_folder_all_files_of_tables_at_any_depth_but_hidden_ones(folder):
    form, files = find_files(folder)
    assert form == "parquet"
    assert [str(path.relative_to(folder)) for path in files] == [
        "a.parquet",
        "b.parquet",
        "deep/year=2024/c.parquet",
    ]


def test_a_pattern_gives_its_files_by_name(folder):
    assert [path.name for path in find_files(f"{folder}/*.parquet")[1]] == ["a.parquet", "b.parquet"]
    assert len(find_files(f"{folder}/deep/**/*.parquet")[1]) == 1


def test_a_list_keeps_its_order(folder):
    given = [folder / "b.parquet", folder / "a.parquet"]
    assert find_files(given)[1] == given


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ("{}/missing.parquet", "found no"),
        ("{}/*.csv", "found none"),
        ("{}/notes.txt", "expected names that end in"),
        ([], "an empty list"),
    ],
)
def test_no_files(folder, files, message):
    with pytest.raises(InputError, match=message):
        find_files(files.format(folder) if isinstance(files, str) else files)


def test_files_of_two_formats(folder):
    (folder / "a.csv").touch()
    with pytest.raises(InputError, match="expected files of one format, got csv, parquet"):
        find_files(folder)
