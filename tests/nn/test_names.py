"""What names options by their classes, and what tells a user of them."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pminusy import SoftmaxNetwork, nn
from pminusy.cli.app import app
from pminusy.nn.names import ACTIVATIONS, OPTIMIZERS, SCHEDULES, listed

LISTS = {"activation": ACTIVATIONS, "optimizer": OPTIMIZERS, "schedule": SCHEDULES}
COMMAND_LINE = Path(__file__).parents[2] / "docs" / "command-line.md"


@pytest.mark.parametrize("names", LISTS.values(), ids=LISTS)
def test_every_name_is_that_of_a_public_class(names):
    assert all(isinstance(getattr(nn, kind), type) for kind in names.values())


@pytest.mark.parametrize("option", LISTS)
def test_help_lists_all_names(option):
    text = CliRunner().invoke(app, ["fit", "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
    assert listed(LISTS[option]) in " ".join(re.sub("[│|]", " ", text).split())


@pytest.mark.parametrize("option", LISTS)
def test_the_page_on_the_command_line_lists_all_names(option):
    (row,) = (line for line in COMMAND_LINE.read_text().splitlines() if f"`--{option} NAME`" in line)
    assert f"| {listed(LISTS[option])}" in row


@pytest.mark.parametrize("option", LISTS)
def test_the_estimator_documents_all_names(option):
    (names,) = re.findall(rf"\n +{option} : {{(.*?)}}", SoftmaxNetwork.__doc__)
    assert set(names.replace('"', "").split(", ")) == set(LISTS[option])
