import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict


@pytest.mark.parametrize(
    "line",
    [
        r"0.02 \cdot 0.04 = 0.0002",
        r"(1.414 + 2.449)(3) = 3.863",
        r"0.5928 / 0.2 = 0.2964",
        r"12 \cdot 0.25 = 4",
    ],
)
def test_what_no_rounding_explains_is_wrong(line):
    assert proofread(f"$${line}$$").verdict is Verdict.WRONG


@pytest.mark.parametrize(
    "line",
    [
        r"2 / 3 = 0.67",
        r"0.33 \cdot 3 = 1",
        r"1.73^2 = 3.00",
        r"\sqrt{2} = 1.41",
        r"0.98 \cdot 0.0015 / 0.00157 = 0.94",
    ],
)
def test_rounded_numbers_are_those_of_an_example(line):
    assert proofread(f"$${line}$$").verdict is not Verdict.WRONG


@pytest.mark.parametrize("line", [r"-\log 0.25 = 2.0", r"\sin 30 = 0.5", r"1.000 + 500 = 1.500"])
def test_bases_degrees_and_thousands_are_left_open(line):
    assert proofread(f"$${line}$$").verdict is not Verdict.WRONG


SYSTEM = r"$$a - 2.3263 b = 30, \qquad a + 1.2816 b = 70$$ which is solved by $$a = 55.7912, \qquad b = {}.$$"


def test_a_solution_is_as_exact_as_its_numbers():
    assert proofread(SYSTEM.replace("{}", "11.0868")).verdict is not Verdict.WRONG
    assert proofread(SYSTEM.replace("{}", "11.8065")).verdict is Verdict.WRONG
