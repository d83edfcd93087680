"""Several steps of training, with the same batches and the same weights to begin from, as in PyTorch."""

import numpy as np
import pytest
from tests.network.networks import X, Y

from pminusy import SoftmaxNetwork
from pminusy.nn import SGD, Adam, AdamW, BatchNorm, Conv2d, Dense, Flatten, MaxPool2d, ReLU

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch

EPOCHS, BATCH = 3, 48
OPTIMIZERS = {
    "sgd": (SGD(0.05, momentum=0.9, weight_decay=0.0), lambda p: torch.optim.SGD(p, 0.05, momentum=0.9)),
    "nesterov": (
        SGD(0.05, momentum=0.9, nesterov=True),
        lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True),
    ),
    "adam": (Adam(0.01), lambda p: torch.optim.Adam(p, 0.01)),
    "adamw": (AdamW(0.01, weight_decay=0.0), lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.0)),
}


def batches(n_rows, seed):
    """Rows of each step, as training takes them."""
    for epoch in range(EPOCHS):
        order = np.random.default_rng((seed, epoch)).permutation(n_rows)
        for start in range(0, n_rows, BATCH):
            yield order[start : start + BATCH]


def trained_there(reference, X, optimizer, limit=None, smoothing=0.0):
    """Train PyTorch's network from where ours began; gives its parameters as ours are laid out."""
    loss = torch.nn.CrossEntropyLoss(label_smoothing=smoothing)
    parameters = list(reference.parameters())
    steps = optimizer(parameters)
    for rows in batches(len(X), seed=0):
        steps.zero_grad()
        loss(reference(torch.tensor(X[rows])), torch.tensor(Y[rows])).backward()
        if limit is not None:
            torch.nn.utils.clip_grad_norm_(parameters, limit)
        steps.step()
    return [ours_like(parameter.detach().numpy()) for parameter in parameters]


def ours_like(theirs):
    """(out, in) as (in, out), and (F, C, KH, KW) as (KH, KW, C, F)."""
    return theirs.T if theirs.ndim == 2 else theirs.transpose(2, 3, 1, 0) if theirs.ndim == 4 else theirs


def copy_to(reference, layers, samples):
    """Give PyTorch's network the weights that ours begins with."""
    beginning = SoftmaxNetwork(layers=layers, max_epochs=1, optimizer=SGD(1e-300)).fit(samples, Y)
    for theirs, ours in zip(reference.parameters(), beginning.network_.parameters, strict=True):
        back = {2: (1, 0), 4: (3, 2, 0, 1)}.get(ours.value.ndim, (0,))
        theirs.data = torch.tensor(np.ascontiguousarray(ours.value.transpose(back)))


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("limit", [None, 0.5])
def test_dense_layers(kind, limit):
    ours, theirs = OPTIMIZERS[kind]
    layers = [Dense(20), ReLU(), Dense(12), ReLU()]
    linear = torch.nn.Linear
    reference = torch.nn.Sequential(
        linear(64, 20), torch.nn.ReLU(), linear(20, 12), torch.nn.ReLU(), linear(12, 10)
    ).double()
    samples = X / 16
    copy_to(reference, layers, samples)
    model = SoftmaxNetwork(
        layers=layers,
        optimizer=ours,
        batch_size=BATCH,
        max_epochs=EPOCHS,
        max_gradient_norm=limit,
        label_smoothing=0.1,
        schedule="constant",
    ).fit(samples, Y)
    expected = trained_there(reference, samples, theirs, limit, smoothing=0.1)
    for parameter, value in zip(model.network_.parameters, expected, strict=True):
        np.testing.assert_allclose(parameter.value, value, atol=1e-6 if limit else 1e-9)


def test_convolutions_and_batch_norm():
    images = (X / 16).reshape(-1, 8, 8)
    layers = [Conv2d(4, 3), BatchNorm(), ReLU(), MaxPool2d(2), Flatten()]

    class Reference(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.conv, self.norm = torch.nn.Conv2d(1, 4, 3), torch.nn.BatchNorm2d(4)
            self.dense = torch.nn.Linear(36, 10)

        def forward(self, x):
            Y = torch.relu(self.norm(self.conv(x[:, None])))
            return self.dense(torch.nn.functional.max_pool2d(Y, 2).permute(0, 2, 3, 1).flatten(1))

    reference = Reference().double()
    copy_to(reference, layers, images)
    model = SoftmaxNetwork(
        layers=layers,
        optimizer=SGD(0.05, momentum=0.9),
        batch_size=BATCH,
        max_epochs=EPOCHS,
        schedule="constant",
    )
    model.fit(images, Y)
    expected = trained_there(reference, images, OPTIMIZERS["sgd"][1])
    for parameter, value in zip(model.network_.parameters, expected, strict=True):
        np.testing.assert_allclose(parameter.value, value, atol=1e-9)
    reference.eval()
    Z = reference(torch.tensor(images)).detach().numpy()
    np.testing.assert_allclose(model.decision_function(images), Z, atol=1e-8)
