"""A few points of `python -m benchmarks.torture`, drawn at random with a fixed seed."""

import random

import pytest
from benchmarks.torture import damage, interruptions
from benchmarks.torture.bench import Bench, refused
from benchmarks.torture.commands import Commands, Ended, Fault, fault_library


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    folder = tmp_path_factory.mktemp("torture")
    with Commands(fault_library(folder), {"OMP_NUM_THREADS": "1"}) as commands:
        bench = Bench(commands, folder, n_points=1, draw=random.Random(0))
        bench.prepare()
        yield bench


def held(rows) -> int:
    """How many cases held; none may not."""
    rows = list(rows)
    assert [violation for row in rows for violation in row.violations] == []
    return sum(row.n_cases for row in rows)


@pytest.fixture
def faults(bench):
    if not bench.commands.has_faults:
        pytest.skip("no C compiler, or no Linux")


@pytest.mark.usefixtures("faults")
def test_the_calls_that_change_a_folder_are_counted_and_fail_where_asked(bench):
    folder = bench.fresh("counted")
    code = "open('a', 'w').write('x' * 99); import os; os.rename('a', 'b'); os.fsync(os.open('b', os.O_RDWR))"
    assert bench.commands.execute(code, folder, Fault()).calls == 4  # open, write, rename, fsync
    assert bench.commands.execute(code, folder, Fault("kill before", 3)).code == -9
    assert (folder / "a").read_text() == "x" * 99
    assert bench.commands.execute(code, folder, Fault("kill within", 2)).code == -9
    assert (folder / "a").read_text() == "x" * 49
    full = bench.commands.execute(code, folder, Fault("fail from", 2, 28))
    assert full.code == 70
    assert "No space left on device" in full.err
    assert bench.commands.execute("import ctypes; ctypes.string_at(0)", folder).code == -11


@pytest.mark.usefixtures("faults")
def test_a_fit_that_is_killed_leaves_a_whole_model_and_the_next_clears_up(bench):
    assert held([interruptions.killed(bench, interruptions.WRITES[0])]) == 2


@pytest.mark.usefixtures("faults")
def test_predictions_that_cannot_be_written_leave_the_old_file(bench):
    assert held([interruptions.failed(bench, interruptions.WRITES[-1])]) == 5


def test_damaged_files_are_refused_by_their_names(bench):
    assert held(damage.damage(bench)) == 12


@pytest.mark.parametrize(
    ("code", "err", "wrong"),
    [
        (2, "error: model: cannot be written: No space left on device\n", ""),
        (2, "note\nerror: model/metrics.json: changed\n", ""),
        (2, "error: No space left on device\n", "names none of model"),
        (1, "Traceback (most recent call last):\n  File\nOSError: full\n", "Traceback: OSError: full"),
        (0, "", "exit code 0, 0 lines of error: "),
        (-11, "", "ended by signal 11"),
    ],
)
def test_what_a_refusal_has_to_be(code, err, wrong):
    assert refused(Ended(code, "", err, 0, 0), "model").startswith(wrong)
    assert bool(refused(Ended(code, "", err, 0, 0), "model")) == bool(wrong)


def test_points_are_the_same_for_a_seed_and_all_where_there_are_few():
    draws = [list(Bench(None, None, 5, random.Random(3)).points(100)) for _ in range(2)]
    assert draws[0] == draws[1] == sorted(draws[0])
    assert list(Bench(None, None, 5, random.Random(3)).points(4)) == [1, 2, 3, 4]
