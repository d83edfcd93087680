"""A page read with charity, and its faults held up to doubt: which context, which choices, and what stays unsure."""
