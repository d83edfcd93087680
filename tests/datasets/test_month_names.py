import pytest

from pminusy.datasets.month_names import MONTH_NUMBERS


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("january", 1),
        ("feb", 2),
        ("märz", 3),
        ("marz", 3),
        ("abr", 4),
        ("maggio", 5),
        ("juin", 6),
        ("juil", 7),
        ("août", 8),
        ("aout", 8),
        ("sept", 9),
        ("okt", 10),
        ("nov", 11),
        ("dic", 12),
    ],
)
def test_months_of_several_languages(name, month):
    assert MONTH_NUMBERS[name] == month


def test_what_means_two_months_is_left_out():
    assert "jui" not in MONTH_NUMBERS
