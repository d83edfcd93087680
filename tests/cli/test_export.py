import pytest


def test_a_model_directory_becomes_an_onnx_file(pminusy, model, tmp_path):
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("skl2onnx")
    outcome = pminusy("export", model, "--onnx", "model.onnx")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "Wrote model.onnx",
        "inputs of type float: size",
        "inputs of type string: colour",
        "outputs: label, probabilities",
    ]
    onnx.checker.check_model(onnx.load(tmp_path / "model.onnx"))


def test_the_file_has_to_be_named(pminusy, model):
    outcome = pminusy("export", model)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Missing option '--onnx'" in outcome.message


def test_what_is_missing_is_said_where_the_extra_is_not_installed(pminusy, model, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pminusy.onnx", None)
    outcome = pminusy("export", model, "--onnx", "model.onnx")
    assert outcome.code == 2
    assert "pip install 'pminusy[onnx]'" in outcome.message
    assert not (tmp_path / "model.onnx").exists()
