"""One value and gradient of the objective on MNIST: ours against scikit-learn's, each in a process of its own."""
