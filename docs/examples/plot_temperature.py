"""
Temperature scaling of a network
================================

Networks that are trained long are too sure of themselves. Dividing their logits by one number, the
temperature, mends that without changing a prediction. ``calibrate`` finds the best one on rows that were held
out.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

from pminusy import SoftmaxNetwork

rng = np.random.default_rng(1)
X, y = load_digits(return_X_y=True)
X = (X / 16 + rng.normal(0, 0.4, X.shape)).astype(np.float32)
X, X_rest, y, y_rest = train_test_split(X, y, test_size=0.6, random_state=0)
X_held, X_test, y_held, y_test = train_test_split(X_rest, y_rest, test_size=0.5, random_state=0)

model = SoftmaxNetwork(
    hidden=(64,), max_epochs=150, weight_decay=0.0, schedule="constant", random_state=0
).fit(X, y)
before = model.predict_proba(X_test)

# %%
# The log loss against the temperature, and the one that ``calibrate`` finds on other rows than those drawn:

logits = np.log(np.maximum(before, 1e-30))
temperatures = np.geomspace(0.5, 5, 40)
losses = []
for temperature in temperatures:
    P = np.exp(logits / temperature)
    losses.append(log_loss(y_test, P / P.sum(axis=1, keepdims=True)))

model.calibrate(X_held, y_held)
after = model.predict_proba(X_test)

figure, axes = plt.subplots(figsize=(6, 4))
axes.plot(temperatures, losses)
axes.axhline(log_loss(y_test, after), color="C1", linestyle="--", label="after calibrate")
axes.axvline(1, color="grey", linestyle=":", label="as trained")
axes.set(xlabel="temperature", ylabel="log loss on the test rows")
axes.legend()
figure.tight_layout()
print(f"log loss {log_loss(y_test, before):.3f} as trained, {log_loss(y_test, after):.3f} after calibrate")
