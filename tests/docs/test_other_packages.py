"""The code of the pages on other packages runs where these are installed."""

import re
import warnings
from pathlib import Path

import pytest

from pminusy import SoftmaxNetwork, SoftmaxRegression, SoftmaxRegressionCV

DOCS = Path(__file__).parents[2] / "docs"
CODE = re.compile(r"^```py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDED = {
    "mlflow": ["mlflow"],
    "onnx": ["skl2onnx", "onnxruntime"],
    "pytorch": ["torch"],
    "scikit-learn": ["sklearn.callback", "rich"],
    "skore": ["skore"],
}
ESTIMATORS = (SoftmaxRegression, SoftmaxRegressionCV, SoftmaxNetwork)


@pytest.mark.parametrize("page", NEEDED)
def test_the_code_of_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for estimator in ESTIMATORS:  # a page says where their documentation is
        for name in ("_doc_link_module", "_doc_link_template"):
            monkeypatch.setattr(estimator, name, getattr(estimator, name))
    blocks = CODE.findall((DOCS / f"{page}.md").read_text(encoding="utf-8"))
    assert blocks
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for needed in NEEDED[page]:
            pytest.importorskip(needed)
        exec("\n".join(blocks), {"__name__": "page"})
