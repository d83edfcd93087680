"""Pictures as PNG data URIs that are legible on light and on dark."""

import base64
import io

import numpy as np
from matplotlib.image import imsave

from pminusy.report.pictures import Picture

_POSITIVE, _NEGATIVE, _INK = (46, 128, 184), (214, 105, 51), (0, 0, 0)


def signed_png(picture: Picture) -> str:
    """Encode a picture in two hues: positive levels blue, negative ones orange, zero transparent.

    Of a coloured one, each colour is the brighter the higher its level; zero is grey.

    Parameters
    ----------
    picture : Picture

    Returns
    -------
    str
        A data URI.
    """
    if picture.channels > 1:
        return _png(np.rint((_levels(picture) + 255) / 2).astype(np.uint8))
    return _encode(picture, _POSITIVE, _NEGATIVE)


def ink_png(picture: Picture) -> str:
    """Encode a picture in black on transparent (negative levels in orange), which the page inverts in dark mode.

    A coloured one is shown as it is.

    Parameters
    ----------
    picture : Picture

    Returns
    -------
    str
        A data URI.
    """
    if picture.channels > 1:
        return _png(np.abs(_levels(picture)).astype(np.uint8))
    return _encode(picture, _INK, _NEGATIVE)


def _encode(picture: Picture, positive: tuple[int, int, int], negative: tuple[int, int, int]) -> str:
    levels = _levels(picture)[..., 0]
    pixels = np.empty((*levels.shape, 4), dtype=np.uint8)
    pixels[..., :3] = np.where(levels[..., None] < 0, negative, positive)
    pixels[..., 3] = np.abs(levels)
    return _png(pixels)


def _levels(picture: Picture) -> np.ndarray:
    return np.array(picture.levels).reshape(picture.height, picture.width, picture.channels)


def _png(pixels: np.ndarray) -> str:
    buffer = io.BytesIO()
    imsave(buffer, pixels, format="png", metadata={"Software": ""})
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
