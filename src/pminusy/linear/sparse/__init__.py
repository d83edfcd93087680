"""Linear classifiers with an elastic net: few features, and a duality gap that certifies them."""
