"""What makes kernels machine code: when the package is built, or just in time.

Reading order: `functions.py` (what compiled code may call), `levels.py` and `target.py` (which instructions it may
use), `just_in_time.py` (Numba, at the first call), `catalogue.py` (all kernels and operations), then what is done ahead
of time: `emit.py` (object code), `entry_points.py` and `arguments.py` (the functions that Python calls), `link.py`,
`manifest.py` and `build.py`; `library.py` loads the result.
"""
