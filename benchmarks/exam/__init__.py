"""Random problems whose fits are examined: every claim of `result_` is computed again, independently."""
