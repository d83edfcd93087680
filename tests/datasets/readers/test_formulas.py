import zipfile
from io import BytesIO

import pytest

from pminusy.datasets.readers.content import open_content
from pminusy.datasets.readers.excel import read_excel
from pminusy.datasets.readers.formulas import formulas_without_values
from pminusy.datasets.reading import Reading


@pytest.fixture
def with_formulas(tmp_path, write_workbook):
    """A workbook of the columns a, b, c whose b are formulas that nobody computed, and c computed ones."""

    def write(rows=12, above=()):
        path = write_workbook(
            tmp_path / "f.xlsx",
            First=[["x"]],
            Second=[*above, ["a", "b", "c"], *[[i, "B", "C"] for i in range(rows)]],
        )
        changed = tmp_path / "g.xlsx"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode()
                text = text.replace('<c t="inlineStr"><is><t>B</t></is></c>', "<c><f>A1*2</f><v/></c>")
                text = text.replace('<c t="inlineStr"><is><t>C</t></is></c>', "<c><f>A1*2</f><v>7</v></c>")
                new.writestr(name, text)
        return changed

    return write


def test_columns_of_formulas_without_values_are_found(with_formulas):
    path = with_formulas()
    assert formulas_without_values(path, "Second") == {1}
    assert formulas_without_values(BytesIO(path.read_bytes()), "Second") == {1}
    assert formulas_without_values(path, "First") == set()
    assert formulas_without_values(path, "Third") == set()


def test_the_reader_says_what_such_a_column_is(with_formulas):
    table = read_excel(open_content(with_formulas()), Reading(sheet="Second"))
    assert table.frame["b"].null_count() == 12
    assert table.notes[1].startswith("column 'b': its formulas have no saved values; open the workbook")


def test_what_is_no_workbook_has_none(tmp_path):
    (tmp_path / "t.xlsb").write_bytes(b"nothing")
    assert formulas_without_values(tmp_path / "t.xlsb", "First") == set()
