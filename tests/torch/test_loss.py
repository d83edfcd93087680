import pytest
import torch

from pminusy.torch import CrossEntropyLoss

pytestmark = pytest.mark.torch


def test_the_module_is_a_drop_in():
    options = {
        "weight": torch.tensor([1.0, 2.0, 0.5]),
        "ignore_index": 1,
        "label_smoothing": 0.1,
        "reduction": "sum",
    }
    logits, target = torch.tensor([[0.1, 2.0, -1.0], [1.0, 1.0, 3.0]]), torch.tensor([2, 1])
    ours, theirs = CrossEntropyLoss(**options), torch.nn.CrossEntropyLoss(**options)
    torch.testing.assert_close(ours(logits, target), theirs(logits, target))
    assert ours.state_dict().keys() == theirs.state_dict().keys()


def test_training_with_it():
    torch.manual_seed(0)
    model, loss = torch.nn.Linear(4, 3), CrossEntropyLoss()
    X = torch.randn(60, 4)
    target = X[:, :3].argmax(1)
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    before = loss(model(X), target).item()
    for _ in range(50):
        optimizer.zero_grad()
        loss(model(X), target).backward()
        optimizer.step()
    assert loss(model(X), target).item() < before / 3
