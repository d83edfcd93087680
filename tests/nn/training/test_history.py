import pickle

import pytest

from pminusy.nn.training.history import Ending, EpochRecord, TrainingResult, is_still_falling

RECORD = EpochRecord(3, 0.25, 0.9, 1.5, (1.0, 0.5), 0.01, 2.0, 1000.0)


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_a_sentence(ending):
    assert ending.sentence.endswith(".")
    assert str(TrainingResult(ending, 5, 5, epoch=2, step=7, layer="layer 0")).startswith(ending.sentence)


def test_a_record_shows_validation_only_where_there_was_any():
    assert "validation" not in str(RECORD)
    validated = EpochRecord(*list(vars(RECORD).values())[:8], validation_loss=0.5, validation_accuracy=0.8)
    assert "validation loss 0.5000, validation accuracy 80.00%" in str(validated)


def test_a_result_names_the_epochs_that_were_averaged():
    assert "averaged over epochs 3 to 5" in str(TrainingResult(Ending.MAX_EPOCHS, 5, 5, n_averaged=3))
    assert "weights from epoch 5" in str(TrainingResult(Ending.MAX_EPOCHS, 5, 5))


def test_a_result_that_is_not_finite_says_where():
    result = TrainingResult(Ending.NOT_FINITE, 2, 2, epoch=3, step=9, layer="the loss")
    assert "epoch 3, step 9, in the loss" in str(result)


@pytest.mark.parametrize("ending", [Ending.CALLBACK, "callback"])
def test_an_ending_kept_as_text_is_one_again(ending):
    result = TrainingResult.__new__(TrainingResult)
    result.__setstate__({**vars(TrainingResult(Ending.CALLBACK, 1, 1)), "ending": ending})
    assert result.ending is Ending.CALLBACK
    assert pickle.loads(pickle.dumps(result)) == result


FALLING = {
    "one epoch tells nothing": ([1.0], 0.5, False),
    "by a tenth": ([1.0, 0.9], 0.5, True),
    "by a hundredth": ([1.0, 0.99], 0.5, False),
    "little a step, but clearly over the last tenth": ([0.995**n for n in range(100)], 0.5, True),
    "little over the last tenth": ([0.999**n for n in range(100)], 0.5, False),
    "clearly, but before": ([1.0, *[0.1] * 20], 0.5, False),
    "rising": ([1.0, 0.5, 0.6], 0.5, False),
    "with hardly a row wrong": ([1.0, 0.5], 0.995, False),
}


@pytest.mark.parametrize("case", FALLING)
def test_whether_a_loss_still_falls(case):
    losses, accuracy, expected = FALLING[case]
    assert is_still_falling(losses, accuracy) is expected


def test_a_result_says_that_the_loss_was_still_falling():
    assert "still falling" in str(TrainingResult(Ending.MAX_EPOCHS, 5, 5, still_falling=True))
    assert "still falling" not in str(TrainingResult(Ending.MAX_EPOCHS, 5, 5))
