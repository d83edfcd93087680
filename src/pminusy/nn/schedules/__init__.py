"""How the learning rate changes from step to step, one schedule a file."""
