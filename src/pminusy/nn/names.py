"""What options call activations, optimisers and schedules, and the classes of pminusy.nn that these are.

Help texts, error messages and what is built come from here. Nothing is imported, so that help costs nothing.
"""

from collections.abc import Iterable

ACTIVATIONS = {
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "gelu": "GELU",
    "silu": "SiLU",
    "tanh": "Tanh",
    "sigmoid": "Sigmoid",
}
OPTIMIZERS = {"adam": "Adam", "adamw": "AdamW", "sgd": "SGD"}
SCHEDULES = {
    "constant": "Constant",
    "cosine": "Cosine",
    "one_cycle": "OneCycle",
    "plateau": "ReduceOnPlateau",
}


def listed(names: Iterable[str]) -> str:
    """The names in a sentence.

    Examples
    --------
    >>> listed(OPTIMIZERS)
    'adam, adamw or sgd'
    """
    *others, last = names
    return f"{', '.join(others)} or {last}"
