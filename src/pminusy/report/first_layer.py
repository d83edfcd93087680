"""What the first layer of a network of images looks for, as images."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.nn.layers.conv2d import Conv2d
from pminusy.report.pictures import Picture, picture

_MAX_PICTURES = 44
_SATURATION_PERCENTILE = 99


@dataclass(frozen=True)
class FirstLayer:
    """The weights of the first layer.

    Attributes
    ----------
    convolves : bool
        Whether they are filters moved over the image, or weights of whole images.
    n : int
        How many there are.
    pictures : tuple of Picture
        At most 44, those with the largest weights first; all share one peak.
    """

    convolves: bool
    n: int
    pictures: tuple[Picture, ...]


def picture_first_layer(layer: Any, image_shape: tuple[int, ...]) -> FirstLayer:
    """Show each filter, or each unit's weights in the shape of the images.

    Parameters
    ----------
    layer : Conv2d or Dense
        Trained on images: W is (KH, KW, C, n), or (H·W·C, n).
    image_shape : (H, W) or (H, W, C)

    Returns
    -------
    FirstLayer

    Examples
    --------
    >>> picture_first_layer(model.network_.layers[0], (28, 28)).n   # doctest: +SKIP
    256
    """
    W = layer.parameters[0].value
    convolves = isinstance(layer, Conv2d)
    shape = W.shape[:3] if convolves else image_shape
    units = W.reshape(-1, W.shape[-1]).T
    # A few pixels at the border are seldom inked, and keep weights as they began: they may saturate.
    peak = float(f"{np.percentile(np.abs(units), 100 if convolves else _SATURATION_PERCENTILE):.3g}")
    order = np.argsort(-(units.astype(np.float64) ** 2).sum(axis=1), kind="stable")[:_MAX_PICTURES]
    return FirstLayer(convolves, len(units), tuple(picture(units[i], shape, peak) for i in order))
