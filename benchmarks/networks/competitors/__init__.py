"""One competitor a file: `prepare(problem, images, labels, n_threads)` gives a function that trains one epoch."""

PACKAGES = {"pminusy": "pminusy", "torch_eager": "torch", "jax_jit": "jax", "scikit_learn": "sklearn"}
NAMES = {"pminusy": "ours", "torch_eager": "PyTorch eager", "jax_jit": "JAX", "scikit_learn": "scikit-learn"}
