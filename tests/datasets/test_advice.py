import polars as pl
import pytest

from pminusy.datasets.advice import dates_or_advice, numbers_or_advice
from pminusy.datasets.notation import Notation
from pminusy.datasets.places import RowError

COMMA = Notation(",", ".", suffix="€")


@pytest.mark.parametrize(
    ("strings", "notation", "message"),
    [
        (
            ["7,25", "3,5", "n/a"],
            Notation(),
            "expected numbers, got '7,25' .*; the training data have numbers there; --decimal , reads these",
        ),
        (
            ["7.25", "1,003.5"],
            COMMA,
            "numbers with a decimal comma .*, got '7.25' .*; the training data are written so; --decimal . reads",
        ),
        (["7", "3", "t.b.a."], Notation(), "; if 't.b.a.' stands for a missing value, use --missing t.b.a.$"),
        (["7", "few", "a, b"], Notation(), "if 'few', 'a, b' stand for .*, use --missing 'few,\"a, b\"'$"),
        (["a", "b", "c", "d"], Notation(), r"; the training data have numbers there$"),
        (["7", "3 kg 2"], Notation(), r"have numbers there$"),
    ],
)
def test_what_would_help_is_said(strings, notation, message):
    with pytest.raises(RowError, match=message):
        numbers_or_advice(pl.Series("c", strings), notation)


def test_training_data_are_not_mentioned_while_they_are_read():
    with pytest.raises(RowError) as raised:
        numbers_or_advice(pl.Series("c", ["1", "few"]), Notation(), trained=False)
    assert "training" not in str(raised.value)


def test_an_infinite_number_needs_no_advice():
    with pytest.raises(RowError, match=r"got inf in row 2 \(counted from 1\)$"):
        numbers_or_advice(pl.Series("c", ["1", "inf"]), Notation())


def test_dates():
    column = pl.Series("d", ["31/12/2020", "soon"])
    with pytest.raises(
        RowError, match=r"dates such as 31/01/2020 or 2020-01-31, got 'soon'.*use --missing soon$"
    ):
        dates_or_advice(column, Notation(date_order="dmy"))


def test_what_can_be_read_is():
    assert numbers_or_advice(pl.Series(["1.000,5 €", "-"]), COMMA).to_list() == [1000.5, None]
    assert dates_or_advice(pl.Series(["2 May 1998"]), Notation()).dt.year().to_list() == [1998]
