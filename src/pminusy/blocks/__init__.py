"""Where rows live, and how a sum over all of them is formed in an order that depends on their numbers alone."""
