"""Pictures as PNG data URIs that are legible on light and on dark."""

import base64
import io

import numpy as np
from matplotlib.image import imsave

from pminusy.report.pictures import Picture

_POSITIVE, _NEGATIVE, _INK = (46, 128, 184), (214, 105, 51), (0, 0, 0)


def signed_png(picture: Picture) -> str:
    """Encode a picture in two hues: positive levels blue, negative ones orange, zero transparent.

    Parameters
    ----------
    picture : Picture

    Returns
    -------
    str
        A data URI.
    """
    return _encode(picture, _POSITIVE, _NEGATIVE)


def ink_png(picture: Picture) -> str:
    """Encode a picture in black on transparent (negative levels in orange); the page inverts it in dark mode.

    Parameters
    ----------
    picture : Picture

    Returns
    -------
    str
        A data URI.
    """
    return _encode(picture, _INK, _NEGATIVE)


def _encode(picture: Picture, positive: tuple[int, int, int], negative: tuple[int, int, int]) -> str:
    levels = np.array(picture.levels).reshape(picture.height, picture.width)
    pixels = np.empty((*levels.shape, 4), dtype=np.uint8)
    pixels[..., :3] = np.where(levels[..., None] < 0, negative, positive)
    pixels[..., 3] = np.abs(levels)
    buffer = io.BytesIO()
    imsave(buffer, pixels, format="png", metadata={"Software": ""})
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
