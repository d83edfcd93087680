import json

import pytest

from pminusy.errors import ModelDirectoryError
from pminusy.runs.saved import read_manifest, read_model, read_report
from pminusy.runs.seal import sealed, unsealed


def test_a_directory_is_read(fruit_model):
    manifest, pipeline = read_model(fruit_model)
    assert manifest.columns == ("weight", "colour")
    assert manifest.classes == tuple(pipeline.classes_) == ("apple", "plum")
    assert read_report(fruit_model).data.name == "fruit"


@pytest.mark.parametrize("read", [read_manifest, read_model, read_report])
def test_one_that_is_not_there(tmp_path, read):
    with pytest.raises(ModelDirectoryError, match="expected a model directory, found nothing"):
        read(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelDirectoryError, match="expected a model directory, found a file"):
        read(tmp_path / "file")


@pytest.mark.parametrize("read", [read_model, read_report])
@pytest.mark.parametrize("name", ["metrics.json", "model.safetensors"])
def test_a_missing_file_is_named(fruit_model, read, name):
    (fruit_model / name).unlink()
    with pytest.raises(
        ModelDirectoryError, match=f"{name}: missing; a model directory contains model.safetensors, "
    ):
        read(fruit_model)


@pytest.mark.parametrize("read", [read_model, read_report])
def test_an_altered_model_is_found_out(fruit_model, read):
    content = bytearray((fruit_model / "model.safetensors").read_bytes())
    content[len(content) // 2] ^= 1
    (fruit_model / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelDirectoryError, match=r"model.safetensors: changed since it was written"):
        read(fruit_model)


def test_a_newer_directory_is_refused(fruit_model):
    metrics = json.loads(unsealed((fruit_model / "metrics.json").read_text(), ""))
    metrics["model"]["format"] = 99
    (fruit_model / "metrics.json").write_text(sealed(json.dumps(metrics)))
    with pytest.raises(ModelDirectoryError, match="in format 99, newer than this version"):
        read_model(fruit_model)


@pytest.mark.parametrize("name", ["metrics.json", "report.json"])
def test_a_number_or_name_that_was_changed_is_found_out(fruit_model, name):
    whole = (fruit_model / name).read_text()
    for old, new in (("0.9", "0.8"), ("weight", "height"), ("plum", "plume"), ("}", "} ")):
        changed = whole.replace(old, new)
        if changed != whole:
            (fruit_model / name).write_text(changed)
            with pytest.raises(ModelDirectoryError, match=f"{name}: changed since it was written"):
                read_report(fruit_model)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"nonsense", b"[" * 10**6])
@pytest.mark.parametrize("name", ["metrics.json", "report.json"])
def test_a_damaged_file_is_named_once(fruit_model, name, content):
    (fruit_model / name).write_bytes(content)
    with pytest.raises(ModelDirectoryError) as raised:
        read_report(fruit_model)
    assert str(raised.value).count(name) == 1
