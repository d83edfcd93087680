import numpy as np
import pytest

from pminusy.formulas.elastic_net import ElasticNet
from pminusy.linear.sparse.blocks import feature_blocks, part_of


@pytest.mark.parametrize("shape", [(0, 3), (1, 1), (7, 1 << 18), (100_001, 5)])
def test_blocks_cover_all_features_in_order(shape):
    found = [np.arange(shape[0])[block] for block in feature_blocks(*shape)]
    assert np.array_equal(np.concatenate([np.empty(0, int), *found]), np.arange(shape[0]))


def test_a_part_has_its_features_penalties():
    net = ElasticNet(np.arange(5.0), np.arange(5.0) + 10, group=True)
    part = part_of(net, slice(1, 3))
    assert (part.alpha.tolist(), part.mu.tolist(), part.group) == ([1, 2], [11, 12], True)
