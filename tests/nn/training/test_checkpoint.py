from types import SimpleNamespace

import pytest

from pminusy import InputError
from pminusy.nn import Checkpoint


class Model:
    def __init__(self):
        self.saved = []

    def save(self, path):
        self.saved.append(path)


@pytest.mark.parametrize(("every", "n_saved"), [(1, 7), (3, 2), (7, 1), (8, 0)])
def test_the_model_is_saved_after_every_so_many_epochs(every, n_saved):
    checkpoint, model = Checkpoint("model.safetensors", every), Model()
    for epoch in range(1, 8):
        checkpoint.on_epoch(model, SimpleNamespace(epoch=epoch))
        checkpoint.on_batches(None)
    assert model.saved == ["model.safetensors"] * n_saved


def test_saving_does_not_end_training():
    assert Checkpoint("model").on_epoch(Model(), SimpleNamespace(epoch=1)) is None


@pytest.mark.parametrize("every", [0, -1, 1.0, "1", None])
def test_an_interval_that_is_no_positive_integer_is_refused(every):
    with pytest.raises(InputError, match=r"^every: expected an integer ≥ 1, got "):
        Checkpoint("model", every)
