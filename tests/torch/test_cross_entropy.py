import functools
import sys

import pytest
import torch
from torch.func import grad, hessian, jacfwd, jacrev, jvp, vmap
from torch.nn import functional

from pminusy.torch import cross_entropy

pytestmark = [
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore:.torch.jit"),
    pytest.mark.usefixtures("kernels_for_any_size"),
]
LIKE = functional.cross_entropy
GENERATOR = torch.Generator().manual_seed(1)


def random(*shape, dtype=torch.float64):
    return torch.randn(shape, generator=GENERATOR, dtype=dtype)


def labels(*shape, n=7):
    return torch.randint(0, n, shape, generator=GENERATOR)


Z = random(5, 7)
WITH_IGNORED = torch.tensor([3, -100, 0, 6, 3])
TARGETS = {
    "labels": WITH_IGNORED,
    "probabilities": torch.softmax(random(5, 7), 1),
    "masses": random(5, 7).abs(),
}
WEIGHTS = {"unweighted": None, "weighted": random(7).abs()}


@pytest.fixture(params=TARGETS)
def target(request):
    return TARGETS[request.param]


@pytest.fixture(params=WEIGHTS)
def options(request):
    return {"weight": WEIGHTS[request.param]}


@pytest.fixture(params=["mean", "sum", "none"])
def reduction(request, options):
    options["reduction"] = request.param


@pytest.fixture(params=[0.0, 0.2])
def smoothing(request, options):
    options["label_smoothing"] = request.param


@pytest.fixture
def loss(target, options, reduction, smoothing):
    """A scalar function of logits that bends, for this implementation or PyTorch's."""

    def of(implementation):
        return lambda z: (implementation(z, target, **options) ** 2).sum()

    return of


def assert_alike(transform, loss):
    torch.testing.assert_close(transform(loss(cross_entropy)), transform(loss(LIKE)))


def test_values_and_derivatives_of_three_orders(loss):
    def derivatives(f):
        z = Z.clone().requires_grad_()
        values = [f(z)]
        for power in (1, 3, 2):
            values += torch.autograd.grad((values[-1] ** power).sum(), z, create_graph=True)
        return values

    assert_alike(derivatives, loss)


@pytest.mark.parametrize(
    "transform",
    [
        lambda f: grad(f)(Z),
        lambda f: hessian(f)(Z),
        lambda f: jvp(f, (Z,), (Z.flip(0),)),
        lambda f: jacrev(jacrev(f))(Z),
        lambda f: jacrev(jacfwd(f))(Z),
        lambda f: jacfwd(jacfwd(f))(Z),
        lambda f: vmap(f)(torch.stack([Z, 2 * Z, -Z])),
        lambda f: vmap(grad(f), in_dims=1)(torch.stack([Z, 2 * Z, -Z], dim=1)),
    ],
)
def test_transforms_of_torch_func(transform, loss):
    assert_alike(transform, loss)


def test_targets_of_their_own_for_each_sample_of_vmap():
    many, own = random(4, 5, 7), labels(4, 5)
    torch.testing.assert_close(vmap(cross_entropy)(many, own), vmap(LIKE)(many, own))
    per_sample = vmap(grad(cross_entropy))(many[:, 0], own[:, 0])
    torch.testing.assert_close(per_sample, vmap(grad(LIKE))(many[:, 0], own[:, 0]))


def test_numerical_derivatives(target, options, smoothing):
    z = Z.clone().requires_grad_()
    f = functools.partial(cross_entropy, target=target, **options)
    assert torch.autograd.gradcheck(f, z, check_forward_ad=True)
    assert torch.autograd.gradgradcheck(f, z, check_fwd_over_rev=True)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("shape", [(7,), (4, 7), (3, 7, 2), (2, 7, 3, 4), (2, 1, 3), (4, 3000)])
@pytest.mark.parametrize("masses", [False, True])
def test_shapes(shape, masses, dtype, options, reduction, smoothing):
    axis = min(1, len(shape) - 1)
    n = shape[axis]
    if options["weight"] is not None:
        options["weight"] = random(n, dtype=dtype).abs()
    logits = random(*shape, dtype=dtype)
    target = random(*shape, dtype=dtype).abs() if masses else labels(*shape[:axis], *shape[axis + 1 :], n=n)
    if not masses and target.numel() > 1:
        target.view(-1)[1] = -100
    found = []
    for implementation in (cross_entropy, LIKE):
        z = logits.clone().requires_grad_()
        value = implementation(z, target, **options)
        value.sum().backward()
        found.append((value.detach(), z.grad))
    (value, gradient), (expected, expected_gradient) = found
    assert value.shape == expected.shape
    assert value.dtype == dtype
    torch.testing.assert_close(value, expected)
    torch.testing.assert_close(gradient, expected_gradient)


@pytest.mark.parametrize(
    "logits",
    [Z.t().contiguous().t(), random(5, 14)[:, ::2], random(10, 7)[::2], random(7).expand(5, 7)],
    ids=["transposed", "strided", "rows", "expanded"],
)
def test_memory_layouts(logits, target):
    torch.testing.assert_close(cross_entropy(logits, target), LIKE(logits, target))
    torch.testing.assert_close(grad(cross_entropy)(logits, target), grad(LIKE)(logits, target))


def test_the_memory_of_logits_is_read_in_place_and_left_alone():
    z = random(3, 7).requires_grad_()
    before, place = z.detach().clone(), z.data_ptr()
    cross_entropy(z, labels(3)).backward()
    assert z.data_ptr() == place
    assert torch.equal(z.detach(), before)


def test_a_graph_that_is_kept_gives_the_same_gradient_again():
    z = random(3, 7).requires_grad_()
    value = cross_entropy(z, labels(3))
    (first,) = torch.autograd.grad(value, z, retain_graph=True)
    kept = first.clone()
    first.zero_()
    (second,) = torch.autograd.grad(value, z)
    assert torch.equal(second, kept)


@pytest.mark.parametrize("reduction_", ["mean", "sum", "none"])
def test_no_row_that_counts(reduction_):
    none = torch.full((3,), -100)
    ours = cross_entropy(random(3, 7), none, reduction=reduction_)
    torch.testing.assert_close(ours, LIKE(random(3, 7), none, reduction=reduction_), equal_nan=True)


@pytest.mark.parametrize("first", [1e4, -1e4, -torch.inf, torch.nan, torch.inf])
def test_extreme_logits(first):
    logits, target = torch.tensor([[first, 0.0, 1.0], [1.0, 2.0, 3.0]]), torch.tensor([0, 2])
    values = [f(logits, target, reduction="none") for f in (cross_entropy, LIKE)]
    torch.testing.assert_close(*values, equal_nan=True)


@pytest.mark.parametrize(
    ("logits", "target", "options"),
    [
        (Z.to(torch.bfloat16), WITH_IGNORED, {}),
        (Z[:0], WITH_IGNORED[:0], {"reduction": "sum"}),
        (Z, TARGETS["masses"] - 1.0, {}),
        (Z, WITH_IGNORED, {"weight": -torch.ones(7, dtype=torch.float64)}),
        (Z, WITH_IGNORED, {"size_average": False}),
        (Z, WITH_IGNORED, {"reduce": False}),
    ],
)
@pytest.mark.filterwarnings("ignore:size_average and reduce")
def test_what_is_handed_over_to_pytorch(logits, target, options):
    ours, theirs = cross_entropy(logits, target, **options), LIKE(logits, target, **options)
    torch.testing.assert_close(ours, theirs)
    slopes = [grad(lambda z: f(z, target, **options).sum())(logits) for f in (cross_entropy, LIKE)]  # noqa: B023
    torch.testing.assert_close(*slopes)


def test_gradients_of_targets_and_weights():
    for name in ("target", "weight"):
        inputs = {"target": TARGETS["masses"].clone(), "weight": WEIGHTS["weighted"].clone()}
        inputs[name].requires_grad_()
        slopes = [torch.autograd.grad(f(Z, **inputs), inputs[name])[0] for f in (cross_entropy, LIKE)]
        torch.testing.assert_close(*slopes)


@pytest.mark.parametrize(
    ("logits", "target", "options"),
    [
        (Z, WITH_IGNORED[:3], {}),
        (Z, torch.tensor([0, 1, 2, 3, 7]), {}),
        (Z, WITH_IGNORED, {"weight": torch.ones(6, dtype=torch.float64)}),
        (Z, WITH_IGNORED, {"reduction": "median"}),
        (Z, WITH_IGNORED, {"label_smoothing": 2.0}),
        (Z, WITH_IGNORED.to(torch.int32), {}),
        (Z, TARGETS["masses"], {"ignore_index": 2}),
    ],
)
def test_errors_are_those_of_pytorch(logits, target, options):
    with pytest.raises((RuntimeError, ValueError, IndexError)) as theirs:
        LIKE(logits, target, **options)
    with pytest.raises(theirs.type) as ours:
        cross_entropy(logits, target, **options)
    assert str(ours.value) == str(theirs.value)


def test_it_may_take_the_place_of_pytorchs_own(monkeypatch):
    monkeypatch.setattr(functional, "cross_entropy", cross_entropy)
    for target in (WITH_IGNORED, TARGETS["masses"] - 1.0, TARGETS["masses"].clone().requires_grad_()):
        torch.testing.assert_close(torch.nn.CrossEntropyLoss()(Z, target), LIKE(Z, target))


class TestSize:
    @pytest.fixture(autouse=True)
    def _as_it_is(self, kernels_for_any_size, monkeypatch):
        monkeypatch.undo()

    @pytest.fixture
    def handed_over(self, monkeypatch):
        """The shapes of the logits that PyTorch computed."""
        shapes = []

        def recorded(logits, *others):
            shapes.append(tuple(logits.shape))
            return LIKE(logits, *others)

        monkeypatch.setattr(sys.modules["pminusy.torch.cross_entropy"], "pytorch_cross_entropy", recorded)
        return shapes

    def test_small_inputs_are_handed_over_to_pytorch(self, handed_over):
        for rows in (32, 33):
            cross_entropy(random(rows, 1024), labels(rows, n=1024))
        assert handed_over == [(32, 1024)]

    @pytest.mark.parametrize("shape", [(32, 1024), (33, 1024), (3000, 10), (4000, 10)])
    @pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
    def test_the_same_bits_for_any_number_of_threads(self, shape, dtype):
        before, (rows, n) = torch.get_num_threads(), shape
        logits, target, found = random(*shape, dtype=dtype), labels(rows, n=n), []
        try:
            for n_threads in (1, 2, 3, 4):
                torch.set_num_threads(n_threads)
                z = logits.clone().requires_grad_()
                value = cross_entropy(z, target)
                value.backward()
                found.append((value.detach(), z.grad))
        finally:
            torch.set_num_threads(before)
        for value, gradient in found[1:]:
            assert torch.equal(value, found[0][0])
            assert torch.equal(gradient, found[0][1])
