from dataclasses import dataclass

import pytest

from pminusy import InputError, nn
from pminusy.nn import registry


@pytest.mark.parametrize("name", ["Dense", "SiLU", "AdamW", "OneCycle", "TrainingResult", "Ending"])
def test_layers_optimisers_schedules_and_results_are_known_by_name(name):
    assert registry.class_named(name) is getattr(nn, name)
    assert registry.is_registered(getattr(nn, name))


@pytest.mark.parametrize("name", ["Checkpoint", "Parameter", "Optimizer", "register", "os", "__doc__", ""])
def test_nothing_else_can_be_named_by_a_file(name):
    with pytest.raises(InputError, match="unknown class"):
        registry.class_named(name)


def test_a_class_of_ones_own_is_known_once_registered(monkeypatch):
    monkeypatch.setattr(registry, "_classes", {})

    @dataclass
    class Mine: ...

    assert not registry.is_registered(Mine)
    assert registry.register(Mine) is Mine
    assert registry.class_named("Mine") is Mine


def test_a_name_of_another_class_is_refused():
    @dataclass
    class Dense: ...

    with pytest.raises(InputError, match="an unused name, got Dense"):
        registry.register(Dense)
