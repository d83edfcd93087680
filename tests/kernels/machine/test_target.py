import pytest

from pminusy.kernels.machine.levels import UNKNOWN, X86, levels_here
from pminusy.kernels.machine.target import target


@pytest.mark.parametrize("level", X86, ids=lambda level: level.name)
def test_the_target_is_the_level_that_the_compiler_is_told(level, monkeypatch):
    monkeypatch.setenv("NUMBA_CPU_NAME", level.name)
    assert target() == level


def test_for_a_processor_by_another_name_nothing_is_taken_for_granted(monkeypatch):
    monkeypatch.setenv("NUMBA_CPU_NAME", "skylake")
    assert target() == UNKNOWN


def test_without_one_it_is_the_highest_level_of_this_processor(monkeypatch):
    monkeypatch.delenv("NUMBA_CPU_NAME", raising=False)
    assert target() == (levels_here() or (UNKNOWN,))[-1]
