"""The names of activations, optimisers and schedules, as help and documentation list them."""

import re
from pathlib import Path

import pytest

from pminusy.nn.names import ACTIVATIONS, OPTIMIZERS, SCHEDULES, listed

LISTS = {"activation": ACTIVATIONS, "optimizer": OPTIMIZERS, "schedule": SCHEDULES}
COMMAND_LINE = Path(__file__).parents[2] / "docs" / "command-line.md"


@pytest.mark.parametrize("option", LISTS)
def test_help_lists_all_names(pminusy, option):
    text = pminusy("fit", "--help").out
    assert listed(LISTS[option]) in " ".join(re.sub("[│|]", " ", text).split())


@pytest.mark.parametrize("option", LISTS)
def test_the_page_on_the_command_line_lists_all_names(option):
    (row,) = (line for line in COMMAND_LINE.read_text().splitlines() if f"`--{option} NAME`" in line)
    assert f"| {listed(LISTS[option])}" in row
