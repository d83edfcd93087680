"""docs/derive.md: every derivation on the page is the one that its command prints, and holds."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pminusy.proofread import derive, proofread
from pminusy.proofread.proof import Verdict

PAGE = (Path(__file__).parents[2] / "docs" / "derive.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^    \$ pminusy derive ([^\n]+) --markdown\n\n(.*?)\n(?=## )", PAGE, re.DOTALL | re.MULTILINE
)


def options(command):
    given, by, assume = [], "", []
    words = iter(shlex.split(command))
    for word in words:
        if word == "--by":
            by = next(words)
        elif word == "--assume":
            assume.append(next(words))
        else:
            given.append(word)
    return given, by, assume


@pytest.mark.parametrize(("command", "printed"), EXAMPLES, ids=["cross-entropy", "layer norm", "ridge"])
def test_a_derivation_is_what_its_command_prints(command, printed):
    given, by, assume = options(command)
    derivation = derive(given, by, assume=assume)
    assert derivation.finished
    assert derivation.text.strip() == printed.strip()
    assert proofread(printed).verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)


def test_there_are_examples():
    assert len(EXAMPLES) == 3
