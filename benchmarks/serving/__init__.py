"""How fast `pminusy serve` answers, how much memory it takes, and what it does when many ask at once."""
