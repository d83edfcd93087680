import pytest

from pminusy.blocks.files.stamps import Stamp
from pminusy.errors import InputError


def test_a_file_that_is_as_it_was_passes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x\n1\n")
    Stamp.of(path).check()


def test_a_file_that_was_written_again_or_is_gone_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x\n1\n")
    stamp = Stamp.of(path)
    path.write_text("x\n1\n2\n")
    with pytest.raises(InputError, match=r"a\.csv has changed"):
        stamp.check()
    path.unlink()
    with pytest.raises(InputError, match=r"a\.csv is gone"):
        stamp.check()
