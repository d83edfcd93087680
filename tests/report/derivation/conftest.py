import pytest

from pminusy.proofread import derive


@pytest.fixture(scope="session")
def loss():
    """The softmax cross-entropy with targets that sum to one."""
    given = (r"L = -\sum_j y_j \log p_j", r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}")
    return derive(given, "o_i", assume=["sum(y)=1"])


@pytest.fixture(scope="session")
def unfinished():
    """One that no rule leads to the end."""
    return derive([r"f = x \zeta(x)"], "x")
