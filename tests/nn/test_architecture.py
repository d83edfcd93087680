import numpy as np
import pytest

from pminusy.errors import InputError
from pminusy.nn import Chain, Conv2d, Dropout
from pminusy.nn.architecture import convolutional_layers


@pytest.mark.parametrize(
    ("image", "padding", "flat"),
    [((28, 28), "valid", 800), ((16, 20), "valid", 2 * 3 * 32), ((8, 8), "same", 128), ((4, 15), "same", 96)],
)
def test_a_convolutional_network_fits_its_images(image, padding, flat):
    layers = convolutional_layers(image, (9,), "relu", dropout=0.5, batch_norm=True)
    assert Chain(layers).build((*image, 1), np.dtype(np.float32), np.random.default_rng(0)) == (9,)
    assert {layer.padding for layer in layers if isinstance(layer, Conv2d)} == {padding}
    assert isinstance(layers[-1], Dropout)
    assert layers[-4].parameters[0].value.shape == (flat, 9)


def test_smaller_images_are_refused():
    with pytest.raises(InputError, match="images: expected at least 4 × 4 pixels, got 3 × 28"):
        convolutional_layers((3, 28), (9,), "relu", dropout=0.0, batch_norm=False)
