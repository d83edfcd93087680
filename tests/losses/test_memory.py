import gc
import mmap

import numpy as np

from pminusy import CrossEntropy
from pminusy.losses import memory
from pminusy.losses.memory import empty_like

LARGE = np.zeros((1024, 2048), np.float32)


def test_like_its_model():
    for model in (LARGE, LARGE[:3], np.zeros((0, 4)), LARGE.astype(np.float64)):
        array = empty_like(model)
        assert (array.shape, array.dtype) == (model.shape, model.dtype)
        assert array.flags.c_contiguous
        assert array.flags.writeable
        array[...] = 1


def test_memory_is_not_reused_while_any_view_of_it_lives():
    first = empty_like(LARGE)
    first[...] = 1
    view = first[5:, ::2].T
    del first
    gc.collect()
    second = empty_like(LARGE)
    second[...] = 2
    assert (view == 1).all()


def test_gradients_kept_stay_what_they_were(rng):
    Z = rng.standard_normal(LARGE.shape).astype(np.float32)
    loss, kept, copies = CrossEntropy(), [], []
    for label in range(4):
        gradient = loss.gradient(Z, np.full(len(Z), label))
        if label % 2:
            kept.append(gradient)
            copies.append(gradient.copy())
        del gradient
    for gradient, copy in zip(kept, copies, strict=True):
        np.testing.assert_array_equal(gradient, copy)


def test_a_system_without_huge_pages_or_lazy_freeing(monkeypatch):
    class Plain(mmap.mmap):
        def madvise(self, *advice):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(memory.mmap, "mmap", Plain)
    monkeypatch.setattr(memory, "_retired", [])
    array = empty_like(LARGE)
    array[...] = 1
    del array
    gc.collect()
    assert memory._retired == []
