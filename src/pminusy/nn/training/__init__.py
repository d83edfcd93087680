"""The loop that trains: batches in, a recorded step repeated, an epoch's record out."""
