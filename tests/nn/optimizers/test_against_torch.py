"""The same numbers as torch.optim, step after step."""

import numpy as np
import pytest
from tests.nn.optimizers.bowl import step, steps_of

from pminusy.nn import SGD, Adam, AdamW, Parameter
from pminusy.nn.optimizers.clipping import update_within
from pminusy.nn.program import recording

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch

N_STEPS = 400
CASES = [
    (SGD(), torch.optim.SGD, {}),
    (SGD(weight_decay=0.1), torch.optim.SGD, {"weight_decay": 0.1}),
    (SGD(momentum=0.9), torch.optim.SGD, {"momentum": 0.9}),
    (
        SGD(momentum=0.8, nesterov=True, weight_decay=0.1),
        torch.optim.SGD,
        {"momentum": 0.8, "nesterov": True, "weight_decay": 0.1},
    ),
    (Adam(), torch.optim.Adam, {}),
    (
        Adam(beta1=0.8, beta2=0.99, epsilon=1e-4, weight_decay=0.1),
        torch.optim.Adam,
        {"betas": (0.8, 0.99), "eps": 1e-4, "weight_decay": 0.1},
    ),
    (AdamW(), torch.optim.AdamW, {}),
    (AdamW(beta1=0.8, weight_decay=0.3), torch.optim.AdamW, {"betas": (0.8, 0.999), "weight_decay": 0.3}),
]


@pytest.mark.parametrize(("optimizer", "kind", "options"), CASES, ids=[str(case[0]) for case in CASES])
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-12), (np.float32, 2e-5)])
def test_many_steps(optimizer, kind, options, dtype, rtol, rng):
    values = [rng.standard_normal(shape).astype(dtype) for shape in ((31, 7), (7,), (3, 3, 2, 5))]
    learned = [Parameter("w", value.copy(), part=10, decays=value.ndim > 1) for value in values]
    theirs = [torch.nn.Parameter(torch.tensor(value)) for value in values]
    groups = [
        {"params": [p for p in theirs if p.ndim > 1]},
        {"params": [p for p in theirs if p.ndim == 1], "weight_decay": 0.0},
    ]
    reference = kind(groups, lr=1.0, **options)
    optimizer.build(learned)
    for t in range(N_STEPS):
        rate = 0.01 * (1 + np.cos(t / 50))
        gradients = [(p.value + rng.standard_normal(p.value.shape)).astype(dtype) for p in learned]
        for group in reference.param_groups:
            group["lr"] = rate
        for parameter, gradient in zip(theirs, gradients, strict=True):
            parameter.grad = torch.tensor(gradient)
        reference.step()
        step(optimizer, learned, gradients, rate, t)
    for parameter, other in zip(learned, theirs, strict=True):
        expected = other.detach().numpy()
        np.testing.assert_allclose(parameter.value, expected, rtol=rtol, atol=rtol * np.abs(expected).max())


def test_norms(rng):
    learned = [Parameter("w", rng.standard_normal(shape), part=10) for shape in ((31, 7), (7,))]
    theirs = [torch.nn.Parameter(torch.tensor(parameter.value)) for parameter in learned]
    for parameter, other in zip(learned, theirs, strict=True):
        parameter.gradient[...] = rng.standard_normal(parameter.value.shape)
        other.grad = torch.tensor(parameter.gradient)
    expected = torch.nn.utils.clip_grad_norm_(theirs, 2.5).item()
    steps = steps_of(1, 2)
    with recording() as program:
        update_within(2.5, SGD(), learned, steps, program)
    assert program.run(0, 1)
    np.testing.assert_allclose(np.linalg.norm(steps.norms), expected, rtol=1e-13)
    for parameter, other in zip(learned, theirs, strict=True):  # PyTorch divides by ‖g‖ + 1e-6
        clipped = steps.factor[0] * parameter.gradient * expected / (expected + 1e-6)
        np.testing.assert_allclose(clipped, other.grad.numpy(), rtol=1e-12)
