from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import iter_modules

from pminusy.datasets import encoders
from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.kinds import KINDS


def test_every_encoder_can_be_saved():
    modules = [
        import_module(f"{encoders.__name__}.{module.name}") for module in iter_modules(encoders.__path__)
    ]
    found = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Encoder) and not kind.__abstractmethods__
    }
    assert found <= set(KINDS.values())
    assert all(map(is_dataclass, KINDS.values()))
