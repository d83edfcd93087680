"""The action and the pre-commit hook that other repositories use."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).parent.parent
BASH = shutil.which("bash")


def loaded(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_hook_is_a_command_line_that_runs(tmp_path):
    [hook] = loaded(".pre-commit-hooks.yaml")
    (tmp_path / "a.md").write_text("$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^2$$\n")
    program, *options = hook["entry"].split()
    assert program == "pminusy"
    done = subprocess.run(
        [sys.executable, "-m", program, *options, "a.md"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr


@pytest.fixture
def action(tmp_path):
    """Run the step of the action that checks, as a workflow would; the values are those of its inputs."""
    if BASH is None:
        pytest.skip("needs bash")
    action = loaded("action.yml")
    step = action["runs"]["steps"][-1]
    program = tmp_path / "pminusy" / "bin" / "pminusy"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!{BASH}\nexec "{sys.executable}" -m pminusy "$@"\n')
    program.chmod(0o755)
    (tmp_path / "notes").mkdir()

    def run(**values):
        inputs = {name: each["default"] for name, each in action["inputs"].items()} | values
        given = {
            name: inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")]
            for name, value in step["env"].items()
        }
        return subprocess.run(
            [BASH, "-eo", "pipefail", "-c", step["run"]],
            cwd=tmp_path,
            env={**os.environ, "RUNNER_TEMP": str(tmp_path), **given},
            capture_output=True,
            text=True,
        )

    return run


def test_the_action_annotates_and_fails_on_a_wrong_step(action, tmp_path):
    (tmp_path / "notes" / "a b.md").write_text("$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^2$$\n")
    done = action(files="notes/a b.md\n\nnotes\n")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=notes/a b.md,line=3,")
    assert "1 page, 1 step: 1 wrong" in done.stdout


def test_the_action_takes_options_and_writes_a_log(action, tmp_path):
    (tmp_path / "notes" / "a.md").write_text("$$\\frac{dF}{dx} = 4 x^3$$")
    done = action(options="--define=F = x^4\n", sarif="log.sarif")
    assert done.returncode == 0, done.stderr
    assert '"version": "2.1.0"' in (tmp_path / "log.sarif").read_text()


def test_names_of_files_are_no_commands(action, tmp_path):
    done = action(files="$(touch made); touch made\n--json")
    assert done.returncode == 2
    assert not (tmp_path / "made").exists()
