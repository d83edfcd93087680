"""How parameters are changed by their gradients: one optimiser a file, and the clipping of gradients."""
