"""The closed forms in plain NumPy, one expression each, to be read alongside `docs/derivations/`.

They are the reference that the kernels are tested against. They validate nothing and copy freely.

Conventions of softmax and its losses: Z (N, K) logits, Y (N, K) target mass, s = Σ_k Y_k (N,), P = softmax(Z), λ the
weight of the z-loss. Every function returns one row per row of Z, before any reduction. Of the layers of a network: X
inputs, Y or Z outputs, dX, dY, … the gradients of the loss with respect to X, Y, …
"""
