import subprocess
import sys

from pminusy.proofread.rules.digests import digest

VALUE = ("x", None, 3, frozenset({"a", ("b", 2)}))


def test_a_digest_is_the_same_in_every_process():
    program = f"from pminusy.proofread.rules.digests import digest; print(digest({VALUE!r}))"
    found = {subprocess.check_output([sys.executable, "-c", program], text=True) for _ in range(2)}
    assert found == {f"{digest(VALUE)}\n"}


def test_digests_tell_values_apart():
    assert (
        len({digest(v) for v in ("x", "y", ("x",), ("x", "y"), ("y", "x"), None, 0, 1, frozenset("x"))}) == 9
    )
