import shutil

import pytest

from pminusy.kernels.machine import link as linking
from pminusy.kernels.machine.link import LinkError, link


def test_a_failing_linker_says_what_it_said(tmp_path):
    if linking.system_linker() is None:
        pytest.skip("no compiler")
    nothing = tmp_path / "nothing.o"
    nothing.write_bytes(b"no object code")
    with pytest.raises(LinkError, match=r"nothing\.o"):
        link([nothing], tmp_path / "library.so")


def test_without_a_linker_the_error_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(linking, "find_spec", lambda name: None)
    with pytest.raises(LinkError, match="ziglang"):
        link([], tmp_path / "library.so")
