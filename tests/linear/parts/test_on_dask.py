from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from tests.blocks.dask.cluster import kill, left_behind, local_cluster, wait_for
from tests.linear.parts.local import clouds, in_parts, solve

from pminusy import SoftmaxRegression
from pminusy.solvers.progress import listening

da = pytest.importorskip("dask.array")
pytest.importorskip("distributed")

X, Y = clouds(700, 6, 4)
CHUNKS = (200, 1, 150, 349)
BORDERS = np.cumsum((0, *CHUNKS)).tolist()
LAZY = da.from_array(X, chunks=(CHUNKS, 6)), da.from_array(Y, chunks=(CHUNKS,))


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    import cloudpickle

    for name in (__name__, left_behind.__module__):  # workers don't have the tests
        cloudpickle.register_pickle_by_value(sys.modules[name])
    with local_cluster(3) as client:
        yield client


def assert_same_bits(model: SoftmaxRegression, X: Any, y: Any, **given: Any) -> None:
    found = solve(model, in_parts(model, X, y, BORDERS, **given))
    np.testing.assert_array_equal(model.coef_, found.coefficients)
    np.testing.assert_array_equal(model.intercept_, found.intercepts)
    result = model.result_
    assert (result.objective, result.gap, result.n_iter, result.reason, result.separable) == (
        *(found.result.objective, found.result.gap, found.result.n_iter),
        *(found.result.reason, found.result.separable),
    )


@pytest.mark.parametrize("solver", ["newton", "newton-cg", "lbfgs"])
@pytest.mark.parametrize("kind", ["dense", "float32", "sparse"])
@pytest.mark.parametrize("C", [1.0, np.inf])
def test_the_bits_are_those_of_a_fit_from_memory(client: Any, solver: Any, kind: str, C: float) -> None:
    rows: Any = X.astype(np.float32) if kind == "float32" else X
    lazy = LAZY[0].astype(rows.dtype)
    if kind == "sparse":
        rows, lazy = sp.csr_matrix(rows), lazy.map_blocks(sp.csr_matrix)
    model = SoftmaxRegression(solver=solver, C=C, tol=1e-5).fit(lazy, LAZY[1])
    assert_same_bits(model, rows, Y)


def test_weights_classes_and_mass(client: Any) -> None:
    weights = np.random.default_rng(0).integers(0, 3, 700)
    lazy = da.from_array(weights, chunks=300)
    model = SoftmaxRegression(class_weight="balanced", label_smoothing=0.1)
    assert_same_bits(model.fit(*LAZY, lazy), X, Y, weights=weights)
    mass = 0.5 * np.eye(4)[Y] + 0.2
    model.fit(LAZY[0], da.from_array(mass, chunks=(500, 2)), lazy, classes=range(4))
    assert_same_bits(model, X, mass, weights=weights, classes=range(4))


@pytest.mark.parametrize("n_workers", [1, 2, 4])
def test_the_bits_are_the_same_on_any_number_of_workers(client: Any, n_workers: int) -> None:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=n_workers, threads_per_worker=2, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as other,
        other.as_current(),
    ):
        model = SoftmaxRegression(solver="lbfgs").fit(*LAZY)
    assert_same_bits(model, X, Y)


def test_the_model_holds_nothing_of_dask(client: Any) -> None:
    model = SoftmaxRegression(compute_inference=True, warm_start=True).fit(*LAZY)
    assert b"dask" not in pickle.dumps(model)
    assert left_behind(client) == 0
    np.testing.assert_array_equal(model.predict(LAZY[0]).compute(), model.predict(X))
    assert model.standard_errors_.shape == (4, 7)
    assert model.fit(*LAZY).n_iter_ == 0


def test_data_frames(client: Any) -> None:
    dd, pd = pytest.importorskip("dask.dataframe", exc_type=ImportError), pytest.importorskip("pandas")
    frame = pd.DataFrame(X, columns=list("abcdef")).assign(y=np.array(list("wxyz"))[Y])
    parts = dd.from_pandas(frame, npartitions=3)
    kept = parts[(parts["y"] != "w") | (parts["a"] < 1.0)]
    model = SoftmaxRegression().fit(kept[list("abcdef")], kept["y"])
    assert (model.classes_.tolist(), model.feature_names_in_.tolist()) == (list("wxyz"), list("abcdef"))
    whole = kept.compute()
    expected = SoftmaxRegression().fit(whole[list("abcdef")], whole["y"])
    np.testing.assert_allclose(model.coef_, expected.coef_, atol=1e-6)


def test_empty_partitions_and_classes_of_one_partition(client: Any) -> None:
    order = np.argsort(Y, kind="stable")
    rows, labels = da.from_array(X[order], chunks=(100, 6)), da.from_array(Y[order], chunks=100)
    some = labels > 0  # the first partition is left empty
    model = SoftmaxRegression().fit(rows[some], labels[some])
    assert model.classes_.tolist() == [1, 2, 3]


@pytest.mark.parametrize("moment", [0, 1, 3, 6])
@pytest.mark.parametrize("solver", ["lbfgs", "newton-cg"])
def test_a_dead_worker_changes_no_bit(client: Any, moment: int, solver: Any) -> None:
    wait_for(client, 3)
    model = SoftmaxRegression(solver=solver, tol=1e-6)

    def kill_then(record: Any) -> None:
        if record.iteration == moment:
            kill(client, moment % 3)

    with listening(kill_then):
        model.fit(*LAZY)
    assert model.n_iter_ >= min(moment, 3)
    assert_same_bits(model, X, Y)
    wait_for(client, 3)
    assert left_behind(client) == 0


def test_a_worker_that_dies_as_it_reads(client: Any, tmp_path: Any) -> None:
    wait_for(client, 3)
    first = str(tmp_path / "first")

    def die_once(block: Any) -> Any:
        if block[0, 0] == X[200, 0] and not os.path.exists(first):
            open(first, "x").close()
            os.kill(os.getpid(), signal.SIGKILL)
        return block

    model = SoftmaxRegression().fit(LAZY[0].map_blocks(die_once, dtype=X.dtype, meta=X), LAZY[1])
    assert_same_bits(model, X, Y)


def _with_nan(block: Any, block_info: Any = None) -> Any:
    return np.where(np.arange(len(block))[:, None] == 5, np.nan, block) if len(block) == 150 else block


def _narrow(block: Any) -> Any:
    return block.astype(np.float32) if len(block) == 150 else block


def _one_column_less(block: Any) -> Any:
    return block[:, 1:] if len(block) == 150 else block


@pytest.mark.parametrize(
    ("X", "y", "options", "message"),
    [
        (LAZY[0].map_blocks(_with_nan, meta=X), LAZY[1], {}, "NaN at row 5, column 0, in partition 2"),
        (LAZY[0].map_blocks(_narrow, meta=X), LAZY[1], {}, "got float32 in partition 2"),
        (LAZY[0].map_blocks(_one_column_less, meta=X), LAZY[1], {}, "got 5 in partition 2"),
        (LAZY[0], LAZY[1] * 0, {}, "at least 2 classes"),
        (LAZY[0], LAZY[1], {"classes": [0, 1, 2]}, "got 3 in partition"),
        (
            LAZY[0],
            LAZY[1],
            {"sample_weight": da.zeros(700, chunks=100)},
            "at least one row with positive weight",
        ),
        (LAZY[0][LAZY[1] > 9], LAZY[1][LAZY[1] > 9], {}, "at least one row, got none"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stays(
    client: Any, X: Any, y: Any, options: Any, message: str
) -> None:
    wait_for(client, 3)
    model = SoftmaxRegression()
    with pytest.raises(ValueError, match=message):
        model.fit(X, y, **options)
    assert not hasattr(model, "coef_")
    assert left_behind(client) == 0


def test_an_interruption_leaves_nothing(client: Any) -> None:
    def interrupt(record: Any) -> None:
        raise KeyboardInterrupt

    with listening(interrupt), pytest.raises(KeyboardInterrupt):
        SoftmaxRegression().fit(*LAZY)
    assert left_behind(client) == 0


def test_another_version_on_a_worker(client: Any) -> None:
    def pretend(version: str) -> None:
        from importlib import metadata

        if not hasattr(metadata, "true_version"):
            metadata.true_version = metadata.version  # type: ignore[attr-defined]
        true = metadata.true_version  # type: ignore[attr-defined]
        metadata.version = (lambda name: version) if version else true

    last = sorted(client.nthreads())[-1]
    client.run(pretend, "0.0.1", workers=[last])
    with pytest.raises(ValueError, match=rf"got 0\.0\.1 on {last}"):
        SoftmaxRegression().fit(*LAZY)
    client.run(pretend, "")


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def test_a_scheduler_and_workers_started_by_their_commands(client: Any, tmp_path: Any) -> None:
    from distributed import Client

    where, bin_folder = tmp_path / "scheduler.json", os.path.dirname(sys.executable)
    shared = [os.path.join(bin_folder, "dask")]
    commands = [
        [*shared, "scheduler", "--scheduler-file", where, "--port", "0", "--no-dashboard"],
        *(
            [*shared, "worker", "--scheduler-file", where, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
            for _ in range(2)
        ),
    ]
    log = (tmp_path / "log").open("w")
    started = [subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path) for command in commands]
    try:
        with Client(scheduler_file=str(where), set_as_default=False, timeout=60) as other, other.as_current():
            other.wait_for_workers(2, timeout=60)
            model = SoftmaxRegression(solver="lbfgs").fit(*LAZY)
            assert left_behind(other) == 0
            with (
                listening(lambda _: end(started[0])),
                pytest.raises(ConnectionError, match="cannot be reached"),
            ):
                SoftmaxRegression().fit(*LAZY)
            with pytest.raises(ValueError, match="that is connected"):
                SoftmaxRegression().fit(*LAZY)
    finally:
        for process in started:
            end(process)
        log.close()
    assert_same_bits(model, X, Y)
