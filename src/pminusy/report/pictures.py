"""Small grey, coloured or signed images as plain integers."""

from dataclasses import dataclass

import numpy as np

_LEVELS = 255
_COLOURS = 3


@dataclass(frozen=True)
class Picture:
    """An image whose every pixel is one signed level, or one for each of red, green and blue.

    Attributes
    ----------
    height, width : int
    levels : tuple of int
        Row by row, and within a pixel colour by colour, each in [−255, 255].
    peak : float
        The value that level 255 stands for; what lies beyond it is cut off there.
    channels : {1, 3}
    """

    height: int
    width: int
    levels: tuple[int, ...]
    peak: float
    channels: int = 1


def picture(pixels: np.ndarray, shape: tuple[int, ...], peak: float) -> Picture:
    """Quantise an image.

    Parameters
    ----------
    pixels : (H·W,) or (H·W·C,) array
        Any real dtype.
    shape : (H, W) or (H, W, C)
        A fourth channel, opacity, is not shown.
    peak : float
        The value to show at full strength, not negative.

    Returns
    -------
    Picture

    Examples
    --------
    >>> picture(np.array([0.0, 2.0, -1.0, 9.0]), (2, 2), peak=2.0).levels
    (0, 255, -128, 255)
    """
    height, width = shape[:2]
    shown = pixels.reshape(height, width, -1)[..., :_COLOURS]
    relative = shown.astype(np.float64) / (peak or 1.0)
    levels = np.rint(np.clip(relative, -1, 1) * _LEVELS).astype(int)
    return Picture(height, width, tuple(levels.ravel().tolist()), float(peak), shown.shape[2])
