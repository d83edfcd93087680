"""The parameters of a network where nothing else is asked for: the estimator, runs and the help take them from here.

Nothing heavy is imported, so that help costs nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "hidden": (256,),
        "activation": "relu",
        "dropout": 0.0,
        "batch_norm": False,
        "optimizer": "adam",
        "learning_rate": 3e-3,
        "schedule": None,
        "weight_decay": None,
        "batch_size": None,
        "max_epochs": None,
        "max_steps": None,
        "tol": 1e-4,
        "n_iter_no_change": 10,
        "label_smoothing": 0.0,
        "class_weight": None,
        "early_stopping": False,
        "validation_fraction": 0.1,
        "max_gradient_norm": None,
        "average_last": None,
    }
)
