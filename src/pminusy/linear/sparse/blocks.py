"""Features in blocks, so that what is computed of a gradient (D, F) takes no second one's memory."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.formulas.elastic_net import ElasticNet

_NUMBERS = 1 << 17  # of a gradient in a block


def feature_blocks(n_features: int, n_free: int) -> Iterator[slice]:
    """Slices that cover all features, in order."""
    step = max(1, _NUMBERS // max(1, n_free))
    for start in range(0, n_features, step):
        yield slice(start, min(n_features, start + step))


def part_of(net: ElasticNet, features: slice) -> ElasticNet:
    """The penalty on some of the features."""
    return ElasticNet(net.alpha[features], net.mu[features], net.group)
