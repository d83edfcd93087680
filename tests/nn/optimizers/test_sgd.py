import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nn.optimizers.bowl import step
from tests.nn.optimizers.problems import gradients_for, parameters

from pminusy import InputError
from pminusy.nn import SGD, Parameter

OPTIONS = st.one_of(
    st.fixed_dictionaries({"weight_decay": st.sampled_from([0.0, 0.1])}),
    st.fixed_dictionaries(
        {
            "momentum": st.sampled_from([0.5, 0.9]),
            "nesterov": st.booleans(),
            "weight_decay": st.sampled_from([0.0, 0.1]),
        }
    ),
)


def textbook(optimizer, parameter, gradients, rates, factor):
    w, v = parameter.value.copy(), np.zeros_like(parameter.value)
    decay = optimizer.weight_decay * parameter.decay_factor[0] if parameter.decays else 0.0
    for g, rate in zip(gradients, rates, strict=True):
        g = factor * g + decay * w
        v = optimizer.momentum * v + g
        w = w - rate * (g + optimizer.momentum * v if optimizer.nesterov else v)
    return w


@given(parameters(), OPTIONS, st.sampled_from([1.0, 0.3]))
def test_as_printed(problem, options, factor):
    learned, rng = problem
    optimizer, rates = SGD(**options), rng.uniform(1e-3, 0.1, 7)
    learned[0].decay_factor[0] = 2.5
    gradients = [gradients_for(learned, rng) for _ in rates]
    expected = [
        textbook(optimizer, parameter, [step_gradients[i] for step_gradients in gradients], rates, factor)
        for i, parameter in enumerate(learned)
    ]
    optimizer.build(learned)
    for t, (rate, now) in enumerate(zip(rates, gradients, strict=True)):
        step(optimizer, learned, now, rate, t, factor)
    for parameter, w in zip(learned, expected, strict=True):
        np.testing.assert_allclose(parameter.value, w, rtol=1e-12, atol=1e-12)


def test_nothing_is_kept_without_momentum():
    learned = [Parameter("w", np.ones(3), part=3)]
    plain, heavy = SGD(), SGD(momentum=0.9)
    plain.build(learned)
    heavy.build(learned)
    assert plain.state == {}
    assert list(heavy.state) == ["v.0"]


def test_momentum_carries_on_where_the_gradient_ends():
    w = Parameter("w", np.zeros(1), part=1)
    optimizer = SGD(momentum=0.5)
    optimizer.build([w])
    for t in range(40):
        step(optimizer, [w], [np.ones(1) if t == 0 else np.zeros(1)], 1.0, t)
    np.testing.assert_allclose(w.value, -2.0)  # 1 + 1/2 + 1/4 + …


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"learning_rate": 0}, r"learning_rate: expected a number in \(0, inf\), got 0"),
        ({"momentum": 1.0}, r"momentum: expected a number in \[0, 1\), got 1.0"),
        ({"momentum": None}, r"momentum: expected a number in \[0, 1\), got None"),
        ({"weight_decay": -1}, r"weight_decay: expected a number in \[0, inf\), got -1"),
        ({"nesterov": True}, "nesterov: expected False without momentum, got True"),
    ],
)
def test_options_outside_their_interval(options, message):
    with pytest.raises(InputError, match=f"^{message}$"):
        SGD(**options)
