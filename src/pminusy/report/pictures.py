"""Small grey or signed images as plain integers."""

from dataclasses import dataclass

import numpy as np

_LEVELS = 255


@dataclass(frozen=True)
class Picture:
    """An image whose every pixel is one signed level.

    Attributes
    ----------
    height, width : int
    levels : tuple of int
        Row by row, each in [−255, 255].
    peak : float
        The value that level 255 stands for; what lies beyond it is cut off there.
    """

    height: int
    width: int
    levels: tuple[int, ...]
    peak: float


def picture(pixels: np.ndarray, shape: tuple[int, int], peak: float) -> Picture:
    """Quantise an image.

    Parameters
    ----------
    pixels : (H·W,) array
        Any real dtype.
    shape : (H, W)
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
    relative = pixels.astype(np.float64) / (peak or 1.0)
    levels = np.rint(np.clip(relative, -1, 1) * _LEVELS).astype(int)
    return Picture(*shape, levels=tuple(levels.tolist()), peak=float(peak))
