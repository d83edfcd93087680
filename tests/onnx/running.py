"""What ONNX Runtime makes of a converted model."""

import numpy as np
import onnxruntime as rt

from pminusy.onnx import to_onnx


def run(converted, inputs):
    session = rt.InferenceSession(converted.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


def predictions(model, X, **options):
    """Labels and probabilities of a model's ONNX form."""
    converted = to_onnx(model, X, options={id(model): {"zipmap": False, **options}})
    return run(converted, {"X": X})


def assert_same_predictions(model, X, atol=1e-5):
    labels, P = predictions(model, X)
    expected = model.predict_proba(X)
    np.testing.assert_allclose(P, expected, rtol=0, atol=atol)
    first, second = np.sort(expected, axis=1)[:, -1], np.sort(expected, axis=1)[:, -2]
    clear = first - second > 2 * atol  # where rounding decides, either label is right
    assert clear.any()
    np.testing.assert_array_equal(labels[clear], model.predict(X)[clear])
