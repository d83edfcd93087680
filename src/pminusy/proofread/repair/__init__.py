"""What would make a wrong step right: small edits of its tree, tried at random points and ranked."""
