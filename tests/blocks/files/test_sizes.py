import pytest

from pminusy.blocks.files.sizes import read_size
from pminusy.errors import InputError


@pytest.mark.parametrize(
    ("size", "n_bytes"),
    [
        ("1 GB", 10**9),
        ("1.5GB", 1_500_000_000),
        ("512 MiB", 2**29),
        ("100", 100),
        (4096, 4096),
        (" 2 kb ", 2000),
    ],
)
def test_sizes(size, n_bytes):
    assert read_size("memory", size) == n_bytes


@pytest.mark.parametrize("size", ["", "GB", "-1 GB", "1 XB", 0, "0.1", None, "1.2.3 GB"])
def test_what_is_no_size_is_refused_by_name(size):
    with pytest.raises(InputError, match="memory: expected a size"):
        read_size("memory", size)
