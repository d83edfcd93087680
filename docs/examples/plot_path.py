"""
Few features: the path of a lasso
=================================

From the C at which all coefficients are zero to ever more features, with the cross-validated log loss beside
it. ``plot_path`` draws what ``softmax_path`` and ``select_penalty`` return.
"""

# sphinx_gallery_thumbnail_path = 'path-light.png'
from sklearn.datasets import load_wine
from sklearn.preprocessing import scale

from pminusy import plot_path, select_penalty, softmax_path

wine = load_wine()
X = scale(wine.data)
choice = select_penalty(X, wine.target, l1_ratio=1.0, cv=5)
path = softmax_path(X, wine.target, l1_ratio=1.0, Cs=choice.Cs)
print(f"{path.n_features[-1]} features at the end of the path, C = {choice.C_one_standard_error:.3g} chosen")

# %%
# The picture is an SVG that follows light and dark colour schemes:


class Picture:
    """An SVG image that shows itself."""

    def __init__(self, svg):
        self.svg = svg

    def _repr_html_(self):
        return self.svg


Picture(plot_path(path, choice, feature_names=wine.feature_names, one_standard_error=True))
