"""
A small convolutional network
=============================

Two convolutions on 8 × 8 digits, a few seconds of training, and what the first filters look like.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from pminusy import SoftmaxNetwork
from pminusy.nn import Conv2d, Dense, MaxPool2d, ReLU

digits = load_digits()
images = (digits.images / 16).astype(np.float32)
train, test = slice(0, 1300), slice(1300, None)
layers = [Conv2d(8, 3, padding=1), ReLU(), MaxPool2d(2), Conv2d(16, 3, padding=1), ReLU(), Dense(64), ReLU()]
model = SoftmaxNetwork(layers=layers, schedule="one_cycle", max_epochs=15, batch_size=32, random_state=0)
model.fit(images[train], digits.target[train], X_val=images[test], y_val=digits.target[test])

# %%
# Learning curves, and what is still mistaken:

figure, (curves, wrong) = plt.subplots(1, 2, figsize=(8, 3.6))
epochs = range(1, len(model.history_) + 1)
curves.plot(epochs, [epoch.loss for epoch in model.history_], marker=".")
curves.set(xlabel="epoch", ylabel="training loss", yscale="log")
predicted = model.predict(images[test])
mistaken = np.flatnonzero(predicted != digits.target[test])[:16]
tiles = np.ones((4, 4, 9, 9))
for place, index in enumerate(mistaken):
    tiles[place // 4, place % 4, :8, :8] = 1 - images[test][index]
wrong.imshow(tiles.swapaxes(1, 2).reshape(36, 36), cmap="gray")
wrong.set_axis_off()
wrong.set_title(f"mistaken, of {len(predicted)}: {np.sum(predicted != digits.target[test])}")
figure.tight_layout()
