"""The closed forms in plain NumPy, one expression each: short enough to read against `docs/derivations/`.

They are the oracle that the kernels are held to. They check nothing and copy freely.

Conventions: Z (N, K) logits, Y (N, K) target mass, s = Σ_k Y_k (N,), P = softmax(Z), λ the weight of the z-loss. Every
function returns one row per row of Z, before any reduction.
"""
