import pytest

from pminusy.cli import page_file
from pminusy.cli.page_file import write_page
from pminusy.errors import DataError


def test_a_page_is_written_and_its_place_told(tmp_path, capsys):
    path = tmp_path / "page.html"
    path.write_text("before")
    write_page(path, "<p>δ</p>\n")
    assert path.read_bytes() == "<p>δ</p>\n".encode()
    assert capsys.readouterr() == ("", f"Wrote {path}\n")


@pytest.mark.parametrize(
    ("place", "message"), [(".", "expected a file, got a directory"), ("none/a", "no such directory")]
)
def test_a_place_for_no_file_is_refused(tmp_path, place, message):
    with pytest.raises(DataError, match=message):
        write_page(tmp_path / place, "")


def test_what_is_there_stays_where_it_cannot_be_written(tmp_path, monkeypatch):
    def full(path):
        raise OSError(28, "No space left on device")

    path = tmp_path / "page.html"
    path.write_text("before")
    monkeypatch.setattr(page_file, "replacing", full)
    with pytest.raises(DataError, match=r"page.html: cannot be written: No space left"):
        write_page(path, "after")
    assert path.read_text() == "before"
