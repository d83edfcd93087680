import pytest

from pminusy.datasets.readers.text_lines import split_lines
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


def lines_of(text, **reading):
    return split_lines(text.encode(), Reading(**reading), "t.csv")


def test_records_know_the_lines_that_they_begin_in():
    lines = lines_of('a,b\r\n\r\n1,"x\r\ny"\r\n  \r\n2,z\r\n')
    assert list(lines.records()) == [(["a", "b"], 1), (["1", "x\ny"], 3), (["2", "z"], 6)]
    assert [lines.line(row, 1) for row in (0, 1)] == ["in line 3", "in line 6"]


@pytest.mark.parametrize(
    ("text", "n_skipped", "line"),
    [("a note\n\nx;y\n1;2\n", 2, 4), ("sep=;\nx;y\n1;2\n", 0, 3), ("sep=;\n# note\nx;y\n1;2\n", 2, 4)],
)
def test_skipped_lines_are_counted(text, n_skipped, line):
    lines = lines_of(text, skip_rows=n_skipped)
    assert lines.separator == ";"
    assert list(lines.records())[1] == (["1", "2"], line)


@pytest.mark.parametrize(
    ("text", "n_above"),
    [
        ("Prices of May\n\nitem,price,y\ntea,3,a\nmilk,2,b\nrice,5,a\n", 2),
        ("Prices;;\n;;\nitem;price;y\ntea;3;a\nmilk;2;b\nrice;5;a\n", 2),
        ("# made by hand\nitem\tprice\ty\ntea\t3\ta\nmilk\t2\tb\nrice\t5\ta\n", 1),
        ("Prices of May\n\nitem;price;y\ntea;3,5;a\nmilk;2,5;b\nrice;5,5;a\n" + "salt;1,5;b\n" * 9, 2),
        ("item,price,y\n" + "tea,3,a\n" * 9 + "milk,2\n" + "rice,5,a\n" * 9, 0),
        ("Prices of May\n\nprice,y\n3,a\n2,b\n5,a\n", 2),
        ("x;y\n" + "1,5;2,5\n" * 9, 0),
        ("item,price\ntea,3\nmilk,2\nrice,5\n", 0),
        ("\n\nitem,price\ntea,3\nmilk,2\nrice,5\n", 0),
        ("a line\nof a text\nwith one column\nonly\n", 0),
        ("sepal petal\n1 5.1 1.4\n2 4.9 1.3\n3 4.9 1.2\n", 0),
    ],
)
def test_lines_above_the_header_are_counted(text, n_above):
    assert lines_of(text).n_above() == n_above


def test_the_line_of_an_open_quote():
    assert lines_of('a,b\n1,2\n\n3,"open\n4,5\n').open_quote() == 4
    assert lines_of('a,b\n1,"5" pipe"\n').open_quote() == 2
    assert lines_of('a,b\n"1\n1",5" pipe\n').open_quote() is None


def test_nothing_may_be_left():
    with pytest.raises(DataError, match=r"t.csv: nothing is left after the skipped rows"):
        lines_of("a,b\n1,2\n", skip_rows=5)
