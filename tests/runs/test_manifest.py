import json
from dataclasses import asdict
from hashlib import sha256 as hash_of

import pytest

from pminusy.datasets import Reading, load
from pminusy.errors import ModelDirectoryError
from pminusy.runs.manifest import FORMAT, Manifest, describe_model, parse_manifest, sha256


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"weights")
    return path


def text(manifest: Manifest, **changes) -> str:
    return json.dumps({"model": asdict(manifest) | changes})


def test_a_table_is_described_with_its_columns(model):
    manifest = describe_model(load("wine", drop=["hue"]), ["class_0", "class_1"], model.parent, Reading())
    assert (manifest.kind, manifest.target, manifest.n_columns) == ("table", "class", 12)
    assert "hue" not in manifest.columns
    assert manifest.sha256 == hash_of(b"weights").hexdigest() == sha256(model)


def test_an_array_is_described_without(model):
    manifest = describe_model(load("digits"), list(range(10)), model.parent, Reading())
    assert (manifest.kind, manifest.columns, manifest.n_columns) == ("image", None, 64)
    assert manifest.classes == tuple("0123456789")


def test_a_manifest_reads_back(model):
    manifest = describe_model(load("iris"), ["a", "b"], model.parent, Reading())
    assert parse_manifest(text(manifest), "metrics.json") == manifest


def test_how_data_are_read_is_part_of_it(model):
    reading = Reading(missing=("-", "none"), decimal=",", encoding="cp1250", separator=";", header=False)
    manifest = describe_model(load("iris"), ["a"], model.parent, reading)
    assert parse_manifest(text(manifest), "metrics.json").reading == reading


def test_a_newer_format_says_what_to_do(model):
    newer = text(
        describe_model(load("iris"), ["a"], model.parent, Reading()),
        format=FORMAT + 1,
        pminusy="9.1",
        more="fields",
    )
    with pytest.raises(
        ModelDirectoryError, match=r"written by pminusy 9.1 in format 6, newer.*upgrade pminusy"
    ):
        parse_manifest(newer, "metrics.json")


@pytest.mark.parametrize("content", ["{", "[]", "3", "{}", '{"model": 3}', '{"model": {"format": "1"}}'])
def test_what_is_no_manifest_is_refused(content):
    with pytest.raises(ModelDirectoryError, match=r"^m\.json: "):
        parse_manifest(content, "m.json")


@pytest.mark.parametrize("changes", [{"sha256": None}, {"n_columns": "3"}, {"columns": "a"}, {"extra": 1}])
def test_entries_of_the_wrong_kind_are_refused(model, changes):
    changed = text(describe_model(load("iris"), ["a"], model.parent, Reading()), **changes)
    with pytest.raises(ModelDirectoryError, match=f"m.json: model.*{next(iter(changes))}"):
        parse_manifest(changed, "m.json")
