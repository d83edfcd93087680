"""scikit-learn's callbacks, which it has from its release 1.9 on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Self

try:
    from sklearn.callback import CallbackSupportMixin, with_callbacks
except ModuleNotFoundError:  # before 1.9

    class CallbackSupportMixin:  # type: ignore[no-redef]
        """There are none."""

    def with_callbacks(method: Callable[..., Any]) -> Callable[..., Any]:
        """There are none."""
        return method


__all__ = ["CallbackSupportMixin", "FitTasks"]


class FitTasks:
    """A fit and its steps, such as epochs, as the callbacks of an estimator are told of them; a context manager.

    Parameters
    ----------
    estimator : estimator
        With callbacks or without.
    name : str
        Of a step.
    max_steps : int or None
        More are not told; None where it is not known how many there are.
    X, y, sample_weight
        What the estimator is fitted to.
    """

    def __init__(
        self, estimator: Any, name: str, max_steps: int | None, X: Any, y: Any, sample_weight: Any
    ) -> None:
        self._estimator, self._name, self._max_steps = estimator, name, max_steps
        self._told: dict[str, Any] = {"estimator": estimator, "X": X, "y": y}
        if sample_weight is not None:
            self._told["metadata"] = {"sample_weight": sample_weight}
        self._context: Any = None
        self._n_steps, self._lock = 0, threading.Lock()

    def __enter__(self) -> Self:
        if getattr(self._estimator, "_skl_callbacks", None):
            self._context = self._estimator._init_callback_context(max_subtasks=self._max_steps)
            self._context.call_on_fit_task_begin(**self._told)
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if self._context is not None and error is None:
                self._context.call_on_fit_task_end(**self._told)
        finally:
            with_callbacks(lambda _: None)(self._estimator)  # tears the callbacks down

    def step(self, learned: Callable[[], dict[str, Any]] | None = None) -> bool:
        """Tell of a step that has been done, in any thread; whether a callback wants the fit to end.

        `learned` gives the attributes of the estimator as they would be if the fit ended here.
        """
        if self._context is None or self._n_steps == self._max_steps:
            return False
        with self._lock:
            self._n_steps += 1
            context = self._context.subcontext(task_name=self._name)
            context.call_on_fit_task_begin(**self._told)
            return bool(context.call_on_fit_task_end(**self._told, reconstruction_attributes=learned))
