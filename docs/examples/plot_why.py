"""
Why a line follows
==================

For each step that holds, the rules by which it follows, with the lines that were left out. Below, three lines
about softmax, and the rules that they use.
"""

from collections import Counter

import matplotlib.pyplot as plt

from pminusy import proofread

page = r"""
$$p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}$$

$$\log p_j = z_j - \log \sum_k e^{z_k}$$

$$\frac{\partial p_j}{\partial z_i} = p_j (\delta_{ij} - p_i)$$

$$\sum_i \frac{\partial p_j}{\partial z_i} = 0$$
"""
proof = proofread(page)
rules = Counter()
for step in proof.steps:
    print(f"line {step.line}: {step.lhs} = {step.rhs}")
    for reason in step.why():
        print(f"    {reason.rule}: {reason.sentence}")
        rules[reason.rule] += 1

# %%
# The rules that these three lines use:

figure, axes = plt.subplots(figsize=(7, 0.35 * len(rules) + 1))
names, counts = zip(*rules.most_common()[::-1], strict=True)
axes.barh(names, counts)
axes.set(xlabel="times used")
figure.tight_layout()
