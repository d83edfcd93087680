import doctest
from pathlib import Path


def test_numbers_on_the_page():
    page = Path(__file__).parents[3] / "docs/optimizers.md"
    results = doctest.testfile(str(page), module_relative=False)
    assert results.attempted == 3
    assert results.failed == 0
