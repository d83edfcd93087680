"""Numbers, vectors and matrices told apart by how the formulas fit together."""
