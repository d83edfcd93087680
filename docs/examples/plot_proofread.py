"""
Proofreading a page
===================

A gradient derived by hand, with a wrong index. The first wrong step is found, with its repair, a point at
which the sides differ, and the right answer.
"""

# sphinx_gallery_thumbnail_path = 'proofread-light.png'
from pminusy import proofread

page = r"""
$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}$ and $L = -\sum_j y_j \log p_j$, so
\begin{align}
\frac{\partial L}{\partial o_i} &= -\left( y_i(1-p_i) + \sum_{k\neq i} -p_k y_k \right) \\
&= p_i y_i - y_i + \sum_{k\neq i} p_k y_k
\end{align}
"""
proof = proofread(page)
proof

# %%
# The repair by itself, as a program would apply it:

first = proof.first_wrong
best = first.suggestions[0]
line = page.splitlines()[first.line - 1]
print(line[: first.start] + best.repair + line[first.end :])
