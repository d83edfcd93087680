import json

import pytest

from pminusy.errors import ModelDirectoryError
from pminusy.runs.seal import sealed, unsealed

TEXT = '{\n  "columns": ["größe", "b"],\n  "accuracy": 0.975\n}\n'


def test_a_sealed_text_is_json_still_and_comes_back():
    assert json.loads(sealed(TEXT)).keys() == {"sha256", "columns", "accuracy"}
    assert unsealed(sealed(TEXT), "m.json") == TEXT


def test_every_other_text_is_refused():
    whole = sealed(TEXT)
    changed = [
        whole[:place] + chr(ord(letter) ^ 1) + whole[place + 1 :] for place, letter in enumerate(whole)
    ]
    for text in (*changed, *(whole[:n] for n in range(len(whole))), whole + " ", TEXT):
        with pytest.raises(ModelDirectoryError, match=r"^m\.json: changed since it was written"):
            unsealed(text, "m.json")
