"""How long the first call takes, in processes of their own."""
