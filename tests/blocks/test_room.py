import numpy as np
import pytest

from pminusy.blocks.room import make_room


@pytest.mark.parametrize("most_bytes", [0, 10**6])
@pytest.mark.parametrize("shape", [(1,), (100, 7), (3, 4, 5)])
def test_zeros_that_can_be_written_in_memory_and_in_a_file(most_bytes, shape):
    room = make_room(shape, np.dtype(np.float32), most_bytes)
    assert room.shape == shape
    assert room.dtype == np.float32
    assert not room.any()
    room[...] = 2
    assert (room == 2).all()


def test_nothing_takes_no_file():
    assert make_room((0, 5), np.dtype(np.float64), 0).shape == (0, 5)
