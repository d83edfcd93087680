import numpy as np
import pytest

from pminusy import InputError
from pminusy.nn import Cosine


def test_half_a_cosine_without_warmup():
    factors = Cosine(warmup=0.0, final=0.2).factors(0, 101, 100)
    assert factors[0] == 1.0
    np.testing.assert_allclose(factors[50], 0.6)
    np.testing.assert_allclose(factors[100], 0.2)
    assert (np.diff(factors) < 0).all()


def test_warmup_is_a_straight_line_up_to_where_the_cosine_begins():
    factors = Cosine(warmup=0.25).factors(0, 40, 40)
    np.testing.assert_allclose(factors[:11], np.arange(1, 12) / 11)
    assert (np.diff(factors[10:]) < 0).all()


@pytest.mark.parametrize("options", [{"warmup": 1.0}, {"warmup": -0.1}, {"final": 1.1}, {"final": "0"}])
def test_options_outside_their_interval(options):
    with pytest.raises(InputError, match=rf"^{next(iter(options))}: expected a number in \[0, 1"):
        Cosine(**options)


@pytest.mark.torch
def test_as_in_torch():
    torch = pytest.importorskip("torch")
    total, n_up = 50, 10
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    up = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=1 / (n_up + 1), total_iters=n_up)
    expected = []
    for _ in range(n_up):
        expected.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        up.step()
    down = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total - n_up, eta_min=0.1)
    for _ in range(total - n_up):
        expected.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        down.step()
    np.testing.assert_allclose(Cosine(warmup=0.2, final=0.1).factors(0, total, total), expected, rtol=1e-12)
