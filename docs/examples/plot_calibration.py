"""
Are the probabilities right?
============================

A model is calibrated if, of the samples to which it gives 80 %, 80 % are right. On noisy digits, a strong penalty
makes a regression too modest, and almost none makes it far too sure of itself. One in between is about right, and
more often right, too.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from pminusy import SoftmaxRegression

rng = np.random.default_rng(0)
X, y = load_digits(return_X_y=True)
X = X / 16 + rng.normal(0, 0.5, X.shape)
X, X_test, y, y_test = train_test_split(X, y, test_size=0.5, random_state=0)

# %%
# For each model, how sure it is of its prediction, and how often it is right:

figure, axes = plt.subplots(figsize=(5, 5))
axes.plot([0.2, 1], [0.2, 1], color="grey", linestyle=":")
for C in (0.01, 0.1, 100.0):
    model = SoftmaxRegression(C=C).fit(X, y)
    P = model.predict_proba(X_test)
    right = model.predict(X_test) == y_test
    frequency, sure = calibration_curve(right, P.max(axis=1), n_bins=8)
    axes.plot(sure, frequency, marker="o", label=f"C = {C:g}, {right.mean():.0%} right")
axes.set(xlabel="probability given", ylabel="share that is right")
axes.legend()
figure.tight_layout()
