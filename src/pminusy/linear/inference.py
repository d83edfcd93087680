"""Standard errors and confidence intervals of the coefficients of a fitted linear classifier."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from pminusy.errors import InputError
from pminusy.linear.coef_table import CoefTable, interval, make_coef_table
from pminusy.linear.curvature import NO_OPTIMUM, Curvature, contrast
from pminusy.options import is_number
from pminusy.solvers.result import SolverResult

Array = NDArray[Any]

_SHOWN = 8  # names in a message


class InferenceError(InputError, NotFittedError):
    """The model has no covariance; also an AttributeError, as `standard_errors_` is an attribute."""


class InferenceMixin:
    r"""Standard errors, intervals and tests for a linear softmax classifier, from the Hessian at the end of its fit.

    The covariance of the parameters θ, all classes' coefficients and intercepts, is the inverse of

    .. math::
        H = \frac{\partial^2}{\partial\theta^2} \Big( \sum_i L_i + \tfrac{1}{2C} \lVert W \rVert^2 \Big)

    Softmax depends only on differences between classes, so H is singular along equal shifts of all classes. Estimates
    are therefore reported either relative to the mean of all classes, using the pseudo-inverse of H on parameters that
    sum to 0 over the classes, as `coef_` does at the optimum; or, with `baseline`, relative to that class. With two
    classes they are for the second relative to the first, as in `coef_`.

    Without a penalty (C = ∞) these are the standard errors of maximum likelihood, from the observed information. With
    one, H⁻¹ is the covariance of the Laplace approximation to the posterior under a normal prior in which each weight
    has variance C: it measures posterior uncertainty, not the sampling variability of the shrunken `coef_`.

    A row of weight 2 counts as two rows. Weights that are not counts, class weights and label smoothing change H
    without adding observations, so the results are then not sampling errors.

    Derivation: docs/derivations/inference.md.
    """

    classes_: Array
    coef_: Array
    intercept_: Array
    n_features_in_: int
    result_: SolverResult
    _curvature: Curvature | None = None

    def covariance(self, *, baseline: Any = None) -> Array:
        """Covariance of the coefficients and intercepts.

        Parameters
        ----------
        baseline : label, optional
            Class to compare the others with; by default, the mean of all classes.

        Returns
        -------
        array (P, P), float64
            Classes as in `coef_`, without the baseline; within a class, the features in the order of X, then the
            intercept if one was fitted.

        Raises
        ------
        InputError
            The model was fitted without ``compute_inference=True``; the classes are separable and there is no penalty;
            some coefficients are not identified (the message names the columns); or `baseline` is not a class.
        """
        parameters, covariance = self._estimates(self._number(baseline))
        return covariance.reshape(parameters.size, parameters.size)

    @property
    def standard_errors_(self) -> Array:
        """Standard errors, from the diagonal of `covariance`: (K, D + 1), or one row with two classes; intercepts last.

        ``standard_errors_[:, :D]`` corresponds to `coef_`; without `fit_intercept` there is no further column.
        """
        return _errors(self._estimates(self._number(None))[1])

    def conf_int(self, level: float = 0.95, *, baseline: Any = None) -> Array:
        """Confidence intervals, coefficient ∓ quantile of the normal distribution · standard error.

        Parameters
        ----------
        level : float in (0, 1), default 0.95
            Coverage probability of the intervals in large samples.
        baseline : label, optional
            As in `covariance`.

        Returns
        -------
        array (K, D + 1, 2), float64
            Lower and upper bounds, in the order of `standard_errors_`, without the row of the baseline.

        Raises
        ------
        InputError
            `level` is not in (0, 1), or as for `covariance`.
        """
        _check_level(level)
        parameters, covariance = self._estimates(self._number(baseline))
        return interval(parameters, _errors(covariance), level)

    def coef_table(self, level: float = 0.95, *, baseline: Any = None) -> CoefTable:
        """Coefficients, standard errors, z, p and confidence intervals, to print or convert to a data frame.

        Parameters
        ----------
        level, baseline
            As in `conf_int`.

        Returns
        -------
        CoefTable

        Raises
        ------
        InputError
            As in `conf_int`.

        Examples
        --------
        >>> from sklearn.datasets import load_iris
        >>> from pminusy import SoftmaxRegression
        >>> X, y = load_iris(return_X_y=True, as_frame=True)
        >>> model = SoftmaxRegression(C=float("inf"), tol=1e-8, compute_inference=True)
        >>> print(model.fit(X[["sepal width (cm)"]], y).coef_table(baseline=0))
        Each class relative to 0, with 95 % confidence intervals
        <BLANKLINE>
        class 1                 coef.  std. err.        z        p      lower      upper
        sepal width (cm)       -6.119     0.9912    -6.17  <0.0001     -8.062     -4.176
        intercept               18.86      3.064     6.15  <0.0001      12.85      24.86
        <BLANKLINE>
        class 2                 coef.  std. err.        z        p      lower      upper
        sepal width (cm)       -4.079     0.8436    -4.84  <0.0001     -5.732     -2.426
        intercept                  13      2.688     4.83  <0.0001      7.728      18.27
        """
        _check_level(level)
        number = self._number(baseline)
        parameters, covariance = self._estimates(number)
        features = [*self._column_names(), "intercept"][: parameters.shape[1]]
        labels = self.classes_ if number is None else np.delete(self.classes_, number)
        against = None if number is None else self.classes_.tolist()[number]
        return make_coef_table(labels, features, parameters, _errors(covariance), level, against)

    def _number(self, baseline: Any) -> int | None:
        """Which class the others are compared with; with two classes always one."""
        check_is_fitted(self)
        labels = self.classes_.tolist()
        if baseline is None:
            return 0 if len(labels) == 2 else None
        if baseline not in labels:
            raise InputError(f"baseline: expected one of {labels}, got {baseline!r}")
        return labels.index(baseline)

    def _estimates(self, baseline: int | None) -> tuple[Array, Array]:
        """Parameters (F, S) and their covariance (F, S, F, S) for all classes but the baseline."""
        covariance = self._covariance_against_first()
        size = covariance.shape[1]
        parameters = np.column_stack([self.coef_, self.intercept_]).astype(np.float64)[:, :size]
        parameters = np.pad(parameters, ((len(self.classes_) - len(parameters), 0), (0, 0)))
        covariance = np.pad(covariance, ((1, 0), (0, 0), (1, 0), (0, 0)))
        return contrast(parameters, 0, baseline), contrast(contrast(covariance, 0, baseline), 2, baseline)

    def _covariance_against_first(self) -> Array:
        if self._curvature is None:
            reason = self.result_.reason
            if reason in NO_OPTIMUM:
                raise InferenceError(
                    f"C: expected a fit with a finite optimum, got none. {reason.sentence} {reason.remedy}"
                )
            raise InferenceError(
                "compute_inference: expected a model fitted with compute_inference=True, got False"
            )
        if self._curvature.flat.any():
            raise InferenceError(self._flat_message(self._curvature.flat))
        return self._curvature.covariance

    def _flat_message(self, flat: Array) -> str:
        names = np.array([*self._column_names(), "intercept"], object)[: flat.shape[1]][flat.any(axis=0)]
        classes = flat.any(axis=1)
        among = "" if classes.all() else f" in classes {_listed(self.classes_[1:][classes])}"
        return (
            "X: expected columns that identify their coefficients, got data in which a combination of those of "
            f"{_listed(names)}{among} is not identified. Drop a column, or use a finite C."
        )

    def _column_names(self) -> list[str]:
        return list(
            getattr(self, "feature_names_in_", [f"x{number}" for number in range(self.n_features_in_)])
        )


def _errors(covariance: Array) -> Array:
    n_classes, size = covariance.shape[:2]
    return np.sqrt(covariance.reshape(n_classes * size, -1).diagonal()).reshape(n_classes, size)


def _listed(names: Array) -> str:
    shown = ", ".join(str(name) for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"


def _check_level(level: float) -> None:
    if not (is_number(level) and 0 < level < 1):
        raise InputError(f"level: expected a number between 0 and 1, got {level!r}")
