"""One row of logits and targets worked by hand: every number on the way to s·p − y, then its text and its page."""
