import dataclasses

import numpy as np
import pytest

from pminusy import SoftmaxNetwork
from pminusy.nn.training.progress import Progress


class Watcher:
    def __init__(self):
        self.batches, self.records = [], []

    def on_batches(self, progress):
        self.batches.append(progress)

    def on_epoch(self, model, record):
        self.records.append(record)


def fitted(watcher):
    X, y = np.random.default_rng(0).standard_normal((10, 4)), np.arange(10) % 3
    return SoftmaxNetwork(hidden=(3,), batch_size=4, max_epochs=2, random_state=0, callbacks=[watcher]).fit(
        X, y
    )


def test_progress_cannot_be_changed_by_who_is_told():
    progress = Progress(1, 2, 3, 4, 0.5, 0.9, 1000.0, 1.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        progress.step = 4


def test_steps_are_told_in_order_up_to_the_last_of_each_epoch():
    watcher = Watcher()
    fitted(watcher)
    places = [(progress.epoch, progress.step) for progress in watcher.batches]
    assert places == sorted(places)
    assert {(1, 3), (2, 3)} <= set(places)
    assert {(progress.n_epochs, progress.n_steps) for progress in watcher.batches} == {(2, 3)}


def test_at_an_epochs_end_progress_tells_what_its_record_says():
    watcher = Watcher()
    fitted(watcher)
    for record in watcher.records:
        (last,) = (p for p in watcher.batches if (p.epoch, p.step) == (record.epoch, p.n_steps))
        assert (last.loss, last.accuracy, last.seconds_left) == (record.loss, record.accuracy, 0.0)
