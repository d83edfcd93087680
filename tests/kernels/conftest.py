"""Where Numba is not installed, what compiles is not tested."""

from importlib.util import find_spec

HAS_NUMBA = find_spec("numba") is not None
_COMPILING = ("code_files", "emit", "functions", "just_in_time")
collect_ignore_glob = [] if HAS_NUMBA else ["test_*.py", *(f"machine/test_{name}.py" for name in _COMPILING)]
