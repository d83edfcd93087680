import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nn.optimizers.bowl import step
from tests.nn.optimizers.problems import gradients_for, parameters

from pminusy import InputError
from pminusy.nn import Adam, AdamW, Parameter

OPTIONS = st.fixed_dictionaries(
    {
        "beta1": st.sampled_from([0.0, 0.5, 0.9, 0.99]),
        "beta2": st.sampled_from([0.0, 0.9, 0.999]),
        "epsilon": st.sampled_from([1e-8, 1e-3]),
        "weight_decay": st.sampled_from([0.0, 0.01, 0.5]),
    }
)


def textbook(optimizer, parameter, gradients, rates, factor):
    """The values after some steps, as the algorithm is printed."""
    w, m, v = parameter.value.copy(), np.zeros_like(parameter.value), np.zeros_like(parameter.value)
    decay = optimizer.weight_decay if parameter.decays else 0.0
    for t, (g, rate) in enumerate(zip(gradients, rates, strict=True), 1):
        g = factor * g
        if isinstance(optimizer, AdamW):
            w = w - rate * decay * w
        else:
            g = g + decay * w
        m = optimizer.beta1 * m + (1 - optimizer.beta1) * g
        v = optimizer.beta2 * v + (1 - optimizer.beta2) * g**2
        m_hat, v_hat = m / (1 - optimizer.beta1**t), v / (1 - optimizer.beta2**t)
        w = w - rate * m_hat / (np.sqrt(v_hat) + optimizer.epsilon)
    return w, m, v


@given(parameters(), st.sampled_from([Adam, AdamW]), OPTIONS, st.sampled_from([1.0, 0.3]))
def test_as_printed(problem, kind, options, factor):
    learned, rng = problem
    optimizer, rates = kind(**options), rng.uniform(1e-3, 0.1, 7)
    gradients = [gradients_for(learned, rng) for _ in rates]
    expected = [
        textbook(optimizer, parameter, [step_gradients[i] for step_gradients in gradients], rates, factor)
        for i, parameter in enumerate(learned)
    ]
    optimizer.build(learned)
    for t, (rate, now) in enumerate(zip(rates, gradients, strict=True)):
        step(optimizer, learned, now, rate, t, factor)
    for i, (parameter, (w, m, v)) in enumerate(zip(learned, expected, strict=True)):
        np.testing.assert_allclose(parameter.value, w, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(optimizer.state[f"m.{i}"], m, rtol=1e-10, atol=1e-15)
        np.testing.assert_allclose(optimizer.state[f"v.{i}"], v, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_the_first_step_is_as_long_as_the_rate_whatever_the_scale(dtype, scale):
    w = Parameter("w", np.zeros(100, dtype), part=30)
    gradient = scale * np.linspace(-1, 1, 100)
    optimizer = Adam()
    optimizer.build([w])
    step(optimizer, [w], [gradient], 0.1, 0)
    np.testing.assert_allclose(w.value, -0.1 * np.sign(gradient), rtol=2e-3)


@pytest.mark.parametrize("kind", [Adam, AdamW])
def test_only_what_decays_is_pulled_towards_zero(kind):
    weights, bias = (Parameter(name, np.ones(5), part=2, decays=name == "W") for name in "Wb")
    optimizer = kind(weight_decay=0.5)
    optimizer.build([weights, bias])
    step(optimizer, [weights, bias], [np.zeros(5), np.zeros(5)], 0.1, 0)
    assert (weights.value < 1).all()
    assert (bias.value == 1).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_moments_never_become_subnormal(dtype):
    tiny = np.finfo(dtype).tiny
    w = Parameter("w", np.ones(40, dtype), part=16)
    optimizer = Adam(beta2=0.9)
    optimizer.build([w])
    n_steps = 1000 if dtype is np.float32 else 8000
    for t in range(n_steps):
        step(optimizer, [w], [np.full(40, 1e-3 if t < 3 else 0.0)], 1e-3, t)
    assert (optimizer.state["m.0"] == 0).all()
    assert (optimizer.state["v.0"] == tiny).all()
    settled = w.value.copy()
    step(optimizer, [w], [np.zeros(40)], 1e-3, n_steps)
    np.testing.assert_array_equal(w.value, settled)


def test_a_value_that_is_no_number_is_not_hidden():
    w = Parameter("w", np.ones(20, np.float32), part=20)
    optimizer, gradient = Adam(), np.zeros(20)
    gradient[3] = np.nan
    optimizer.build([w])
    step(optimizer, [w], [gradient], 0.1, 0)
    for array in (w.value, optimizer.state["m.0"], optimizer.state["v.0"]):
        assert np.isnan(array).nonzero()[0].tolist() == [3]


@pytest.mark.parametrize("kind", [Adam, AdamW])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learning_rate", 0.0),
        ("learning_rate", -1.0),
        ("learning_rate", np.inf),
        ("beta1", 1.0),
        ("beta1", -0.1),
        ("beta2", 1.5),
        ("beta2", np.nan),
        ("epsilon", 0.0),
        ("weight_decay", -0.1),
        ("weight_decay", "much"),
    ],
)
def test_options_outside_their_interval(kind, name, value):
    with pytest.raises(InputError, match=f"^{name}: expected a number in .*, got "):
        kind(**{name: value})
