"""What each command does, without a terminal: from data to a model directory, and from there to answers."""
