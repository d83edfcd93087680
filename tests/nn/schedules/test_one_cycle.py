import numpy as np
import pytest

from pminusy import InputError
from pminusy.nn import OneCycle


def test_up_and_down():
    factors = OneCycle(peak_at=0.3, start=0.1, final=0.01).factors(0, 100, 100)
    np.testing.assert_allclose(factors[[0, 29, 99]], [0.1, 1.0, 0.01])
    assert (np.diff(factors[:30]) > 0).all()
    assert (np.diff(factors[29:]) < 0).all()
    np.testing.assert_allclose(factors[64], (1 + 0.01) / 2)


@pytest.mark.parametrize("options", [{"peak_at": 1.1}, {"start": -0.1}, {"final": 2}, {"final": None}])
def test_options_outside_their_interval(options):
    with pytest.raises(InputError, match=rf"^{next(iter(options))}: expected a number in \[0, 1\], got"):
        OneCycle(**options)


@pytest.mark.torch
@pytest.mark.parametrize("total", [3, 10, 137])
@pytest.mark.parametrize("options", [{}, {"peak_at": 0.5, "start": 0.2, "final": 1e-3}, {"peak_at": 0.07}])
def test_as_in_torch(options, total):
    torch = pytest.importorskip("torch")
    schedule = OneCycle(**options)
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    reference = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=1.0,
        total_steps=total,
        pct_start=schedule.peak_at,
        div_factor=1 / schedule.start,
        final_div_factor=schedule.start / schedule.final,
        cycle_momentum=False,
    )
    expected = [optimizer.param_groups[0]["lr"]]
    for _ in range(total - 1):
        optimizer.step()
        reference.step()
        expected.append(optimizer.param_groups[0]["lr"])
    np.testing.assert_allclose(schedule.factors(0, total, total), expected, rtol=1e-11)
