"""A sparse classifier at one strength after another, each started from the last.

For each strength the features that may be needed are worked on (the sequential strong rule), until the duality gap of
the problem that has only these is small. Then all features are looked at: the gap of the whole problem says whether
this is the end; if not, those that violate the conditions of optimality join, unless they are proven zero (Gap-Safe).

Sources: R. Tibshirani et al., Strong rules for discarding predictors in lasso-type problems, Journal of the Royal
Statistical Society B 74, 2012; E. Ndiaye et al., Gap safe screening rules for sparsity enforcing penalties, Journal of
Machine Learning Research 18, 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.linear.sparse.blocks import feature_blocks, part_of
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.dual import Gap, balance, duality_gap, largest_ratio, noise, proven_zero
from pminusy.linear.sparse.extrapolation import extrapolated
from pminusy.linear.sparse.newton import Step, newton_step
from pminusy.linear.sparse.null import null_model, tells_classes_apart
from pminusy.linear.sparse.options import NetOptions
from pminusy.linear.sparse.point import Point
from pminusy.linear.sparse.working_set import WorkingSet
from pminusy.solvers.log import Log
from pminusy.solvers.result import Reason

Array = NDArray[Any]

_RESTRICTED = 0.5  # of the tolerance, for the problem of the working set
_RESTRICTED_SQUARE = 0.05  # the same with a square in the penalty: there the gap is near to what is left
_SHARPER = 0.1
_LEAST_KEPT = 0.5  # of α: weights with a smaller gradient join only if they are found missing
_AT_LEAST = 128  # weights that join at once
_SHARE, _SWEEPS = 0.02, 20  # of each quadratic model
_POLISH = 1e-4, 100  # of the last one
_FAR = 100  # times the tolerance: after a step that promised as much no gap is asked for
_MOST_LOST = 5  # steps whose gain is lost in rounding, and that don't halve the gap
_VIOLATES = 1 + 1e-9


@dataclass(frozen=True)
class Ending:
    """How the fit at a strength ended.

    Attributes
    ----------
    reason : Reason
    objective, loss : float
        In the mean's units.
    gap : float
        An upper bound on how far the objective is above its minimum.
    n_iter : int
        Proximal Newton steps.
    violation : float
        The largest violation of the conditions of optimality.
    """

    reason: Reason
    objective: float
    loss: float
    gap: float
    n_iter: int
    violation: float


@final
class SparseFit:
    """Weights and intercepts that move from one strength to the next.

    Every step is noted in `log`, with the objective at the strength of that time and the largest violation of the
    conditions of optimality among the weights that are worked on.

    Attributes
    ----------
    null_loss : float
        The loss with all weights 0 and the best intercepts.
    tells_classes_apart : bool
        Whether any penalised column does, by more than rounding; known with the largest strength.
    """

    tells_classes_apart = True

    def __init__(self, data: Data, options: NetOptions, log: Log) -> None:
        self._data, self._options, self._log = data, options, log
        self._factors = options.factors_for(data.n_features)
        self._working = WorkingSet(data)
        self._W = np.zeros((self._working.n_first, data.n_free))
        self._live = np.ones(self._W.shape, bool)
        self.null_loss, intercepts = null_model(data)
        if data.problem.fit_intercept:
            self._W[0] = intercepts
            self._live[0] = data.present[data.n_held :]
        self._point = Point.at(
            data, data.logits(np.zeros((0, data.n_free)), intercepts, self._working.features)
        )
        self._G: Array | None = None
        self._strength = np.inf
        self._before = (np.inf, np.zeros((0, data.n_free)))
        self._unpenalised = np.flatnonzero(self._factors == 0)
        self._A = data.unpenalised(self._unpenalised)
        self._join((self._factors == 0)[:, None] & data.present[data.n_held :])
        log.record(self._point.loss, float(np.abs(self._point.R.sum(axis=0)).max()))

    def start_from(self, W: Array, b: Array) -> None:
        """Go to weights (D, F) and intercepts (F,)."""
        self._join(W != 0)
        self._W[self._working.n_first :] = W[self._working.features]
        if self._working.n_first:
            self._W[0] = b + self._data.centre @ W
        self._point = Point.at(self._data, self._data.logits(W, b))

    def largest_strength(self, tol: float) -> float:
        """λ from which on all penalised weights are 0; asked for before any other strength."""
        net = self._net(1.0)
        if not (net.alpha > 0).any():
            return np.inf
        self._descend(self._net_of_working(net), _SHARPER**6 * tol, 100)
        balanced = balance(self._data, self._point, self._A)
        R = balanced.R[:, self._data.n_held :]
        self._G = self._data.gradient(R)
        self._G[self._unpenalised] = 0.0  # as it is but for rounding
        self._strength = largest_ratio(self._G, net)
        self.tells_classes_apart = tells_classes_apart(self._data, R, self._G)
        return self._strength

    def go_to(self, strength: float, tol: float, max_iter: int, *, polish: bool = False) -> Ending:
        """Minimise at this strength, to a gap of `tol`.

        `polish` goes further if the penalty is not just a norm, as the gap is then near to what the objective can fall:
        by a step more, and until no weight is missing.
        """
        net = self._net(strength)
        self._join(self._strong(net))
        of_working = self._net_of_working(net)
        n_iter, smallest = 0, np.inf
        has_square = bool(net.mu.any())
        inner, polish = (_RESTRICTED_SQUARE if has_square else _RESTRICTED) * tol, polish and has_square
        off = self._go_straight_on(strength, of_working) or self._restricted_gap(of_working, inner) > inner
        while True:
            if off:
                n_iter += self._descend(of_working, inner, max_iter - n_iter)
                if polish and n_iter < max_iter and self._step(of_working, *_POLISH):
                    n_iter += 1
            with self._log.phase("gaps"):
                gap, objective, violation, violating = self._certify(net, tol)
            self._strength = strength
            reason = None
            if gap.value <= tol and not (polish and violating.any() and n_iter < max_iter):
                reason = Reason.DUALITY_GAP
            elif not np.isfinite(objective):
                reason = Reason.NOT_FINITE
            elif n_iter >= max_iter:
                reason = Reason.MAX_ITERATIONS
            elif not violating.any() and not gap.value < 0.5 * smallest:
                reason = Reason.PRECISION
            smallest = min(smallest, gap.value)
            if reason:
                return Ending(reason, objective, self._point.loss, gap.value, n_iter, violation)
            off = True
            if violating.any():
                self._join(violating)
                of_working = self._net_of_working(net)
            else:
                inner *= _SHARPER

    def _go_straight_on(self, strength: float, net: ElasticNet) -> bool:
        """To where the weights at the last two strengths point, if that lowers the objective; whether it does."""
        strengths, before = (self._before[0], self._strength, strength), self._before[1]
        self._before = self._strength, self._W
        if not np.isfinite(strengths).all() or strengths[0] == strengths[1]:
            return False
        factor = float(np.log(strength / strengths[1]) / np.log(strengths[1] / strengths[0]))
        grown = np.concatenate([before, np.zeros((len(self._W) - len(before), self._data.n_free))])
        W = extrapolated(self._W, grown, factor, net)
        change = self._data.unscaled(self._working.product(W - self._W))
        point = Point.at(self._data, self._point.Z + change)
        lower = point.loss + net.value(W) < self._point.loss + net.value(self._W)
        if lower:
            self._W, self._point = W, point
        return lower

    def parameters(self) -> tuple[Array, Array]:
        """Weights (D, F) and intercepts (F,) for X as the user has it, in the dtype in which they are handed out."""
        W, b = self._used_parameters()
        whole = np.zeros((self._data.n_free, self._data.n_features), W.dtype).T
        whole[self._working.features] = W
        return whole, b

    def _used_parameters(self) -> tuple[Array, Array]:
        """The same, with weights of the features that are worked on alone: (n, F)."""
        first, dtype, features = self._working.n_first, self._data.problem.dtype, self._working.features
        W = self._W[first:].astype(dtype)
        b = self._W[0] - self._data.centre[features] @ W if first else np.zeros(self._data.n_free)
        if first and not self._data.n_held:
            b -= b.mean()  # the same probabilities
        return W, b.astype(dtype)

    def deviance_explained(self, loss: float) -> float:
        """1 − (loss − saturated) / (null − saturated), where a saturated model has each row's own target."""
        shares = self._data.masses[:, None] * self._point.probabilities - self._point.R
        masses = np.where(self._data.masses > 0, self._data.masses, 1.0)[:, None]
        shares = np.maximum(shares / masses, 0.0)
        saturated = -float(self._data.masses @ xlogy(shares, shares).sum(axis=1))
        range_ = self.null_loss - saturated
        return (self.null_loss - loss) / range_ if range_ > 0 else 0.0

    def _descend(self, net: ElasticNet, tol: float, max_iter: int) -> int:
        """Proximal Newton steps until the gap of the problem with the live weights is within `tol`."""
        smallest, lost = np.inf, 0
        for n_iter in range(1, max_iter + 1):
            step = self._step(net, _SHARE, _SWEEPS)
            if step is None:
                return n_iter - 1
            if n_iter < max_iter and not step.lost and step.promised > _FAR * tol:
                continue
            with self._log.phase("gaps"):
                gap = self._restricted_gap(net, tol)
            lost = 0 if gap < 0.5 * smallest else lost + step.lost
            smallest = min(smallest, gap)
            if gap <= tol or lost > _MOST_LOST:
                return n_iter
        return max_iter

    def _step(self, net: ElasticNet, share: float, sweeps: int) -> Step | None:
        """Take one, and note it; None where none lowers the objective."""
        with self._log.phase("Newton steps"):
            G = self._working.gradient(self._point.R[:, self._data.n_held :])
            step = newton_step(
                self._data, self._working, self._point, self._W, G, self._live, net, share, sweeps
            )
        if step is not None:
            violation = _violation(net, np.where(self._live, G, 0.0), self._W)
            self._W, self._point = step.W, step.point
            self._log.record(self._point.loss + net.value(self._W), violation)
        return step

    def _restricted_gap(self, net: ElasticNet, tol: float) -> float:
        data = self._data
        balanced = balance(data, self._point, self._A)
        G = np.where(self._live, self._working.gradient(balanced.R[:, data.n_held :]), 0.0)
        return duality_gap(self._point.loss + net.value(self._W), data, balanced, G, net, tol).value

    def _certify(self, net: ElasticNet, tol: float) -> tuple[Gap, float, float, NDArray[np.bool_]]:
        """The gap, the objective, the largest violation and which weights (D, F) outside the live ones violate."""
        data, features = self._data, self._working.features
        W, b = (part.astype(np.float64) for part in self._used_parameters())
        self._point = Point.at(data, data.logits(W, b, features))
        balanced = balance(data, self._point, self._A)
        self._G = data.gradient(balanced.R[:, data.n_held :])
        used = ElasticNet(net.alpha[features], net.mu[features], net.group)
        objective = self._point.loss + used.value(W)
        free = self._working.places[self._unpenalised]
        rounding = noise(data, balanced, objective, W, b, features, free)
        gap = duality_gap(objective, data, balanced, self._G, net, tol, rounding)
        violating = self._violating(net) & data.present[data.n_held :]
        violating[features] &= ~self._live[self._working.n_first :]
        if violating.any():
            violating &= ~proven_zero(data, self._G, gap, net, rounding)
        most = max(_AT_LEAST, int(np.count_nonzero(W)))
        if np.count_nonzero(violating) > most:
            _keep_largest(violating, self._G, net, most)
        return gap, objective, self._largest_violation(net, W), violating

    def _violating(self, net: ElasticNet) -> NDArray[np.bool_]:
        """Which weights (D, F) could not stay 0."""
        G = self._gradient()
        found = np.zeros(G.shape, bool)
        for features in feature_blocks(*G.shape):
            found[features] = _sizes(net, G[features]) > _VIOLATES * net.alpha[features, None]
        return found

    def _largest_violation(self, net: ElasticNet, W: Array) -> float:
        """Over all weights, W being those of the features that are worked on."""
        G, used = self._gradient(), self._working.features
        of_used = ElasticNet(net.alpha[used], net.mu[used], net.group)
        largest = _violation(of_used, G[used], W)
        for features in feature_blocks(*G.shape):
            part = G[features].copy()
            part[self._working.places[features] >= 0] = 0.0
            largest = max(largest, float(np.abs(part_of(net, features).threshold(part)).max(initial=0.0)))
        return largest

    def _gradient(self) -> Array:
        """That of the last look at all features."""
        if self._G is None:
            raise RuntimeError("expected a gradient of all features")
        return self._G

    def _strong(self, net: ElasticNet) -> NDArray[np.bool_]:
        """Which weights (D, F) the strong rule keeps: |G| ≥ 2 α − α of the last strength, but at least half of α."""
        data = self._data
        if self._G is None or not np.isfinite(self._strength):
            return np.broadcast_to((net.alpha == 0)[:, None], (data.n_features, data.n_free))
        least = np.maximum(2 * net.alpha - self._net(self._strength).alpha, _LEAST_KEPT * net.alpha)
        kept = np.zeros(self._G.shape, bool)
        for part in feature_blocks(*self._G.shape):
            kept[part] = _sizes(net, self._G[part]) >= least[part, None]
        return kept & data.present[data.n_held :]

    def _join(self, weights: NDArray[np.bool_]) -> None:
        """Make these weights (D, F), with groups all of their features, live."""
        features = np.flatnonzero(weights.any(axis=1))
        self._working.add(features)
        n_new = self._working.n_first + len(self._working) - len(self._W)
        self._W = np.concatenate([self._W, np.zeros((n_new, self._data.n_free))])
        self._live = np.concatenate([self._live, np.zeros((n_new, self._data.n_free), bool)])
        places = self._working.n_first + self._working.places[features]
        self._live[places] |= weights[features] | self._options.group

    def _net(self, strength: float) -> ElasticNet:
        factors, ratio = strength * self._factors, self._options.l1_ratio
        return ElasticNet(ratio * factors, (1 - ratio) * factors, self._options.group)

    def _net_of_working(self, net: ElasticNet) -> ElasticNet:
        first = np.zeros(self._working.n_first)
        alpha, mu = (np.concatenate([first, part[self._working.features]]) for part in (net.alpha, net.mu))
        return ElasticNet(alpha, mu, net.group)


def _sizes(net: ElasticNet, G: Array) -> Array:
    """|G|, or with groups the length of each row: (n, F) or (n, 1)."""
    sizes: Array = net.dual_norm(G)[:, None] if net.group else np.abs(G)
    return sizes


def _keep_largest(chosen: NDArray[np.bool_], G: Array, net: ElasticNet, most: int) -> None:
    """Leave of the chosen those with the largest excess, about `most`."""
    places, classes = np.nonzero(chosen)
    sizes = net.dual_norm(G[places]) if net.group else np.abs(G[places, classes])
    excess = sizes - net.alpha[places]
    small = excess < np.partition(excess, -most)[-most]
    chosen[places[small], classes[small]] = False


def _violation(net: ElasticNet, G: Array, W: Array) -> float:
    """The largest distance of the objective's subdifferential from 0, over all weights."""
    slope = G + net.mu[:, None] * W
    if net.group:
        lengths = net.norm(W)[:, None]
        towards = W / np.where(lengths > 0, lengths, 1.0) * net.alpha[:, None]
        off = np.where(lengths > 0, slope + towards, net.threshold(slope))
    else:
        off = np.where(W != 0, slope + np.sign(W) * net.alpha[:, None], net.threshold(slope))
    return float(np.abs(off).max(initial=0.0))
