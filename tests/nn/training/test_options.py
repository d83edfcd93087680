from pminusy.nn.training.options import TrainingOptions


def test_one_more_epoch_is_done_whatever_its_loss():
    options = TrainingOptions(
        batch_size=8,
        max_epochs=20,
        planned_epochs=20,
        tol=1e-4,
        n_iter_no_change=10,
        seed=3,
        early_stopping=True,
        max_gradient_norm=1.0,
        n_averaged=5,
        decay_by_loss=4.0,
    )
    more = options.one_more(7)
    assert (more.max_epochs, more.open_ended, more.early_stopping, more.n_averaged) == (8, True, False, 1)
    assert (more.batch_size, more.seed, more.decay_by_loss, more.planned_epochs) == (8, 3, 4.0, 20)
