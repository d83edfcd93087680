"""The place where things are tortured: a folder of its own, with data, commands, and models to come to harm."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.torture.commands import Commands, Ended

DATA = "rows.csv"
_FIT = ("fit", DATA, "--force", "--threads", "1", "--out")
MODELS = {
    "old": (*_FIT, "old", "--C", "0.001"),
    "new": (*_FIT, "new", "--C", "10"),
    "net": (
        *_FIT,
        "net",
        "--model",
        "network",
        "--hidden",
        "3",
        "--epochs",
        "2",
        "--checkpoint",
        "net.safetensors",
    ),
}


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes
    ----------
    section, name : str
    n_cases : int
        Tried.
    violations : tuple of str
        What did not hold, with the case.
    note : str
        Why nothing was tried, where that is so.
    """

    section: str
    name: str
    n_cases: int
    violations: tuple[str, ...] = ()
    note: str = ""


@dataclass
class Bench:
    """What every section of the torture is given.

    Attributes
    ----------
    commands : Commands
    folder : Path
        Its own; `fresh` gives subfolders.
    n_points : int
        How many points of each kind are tried where there are more; they are drawn at random.
    draw : random.Random
    """

    commands: Commands
    folder: Path
    n_points: int
    draw: random.Random
    answers: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Write the data, train the models, and note what they predict."""
        home = self.fresh("home")
        rng = random.Random(0)
        lines = [f"{rng.gauss(i % 3, 1):.3f},{rng.choice(('red', 'blue'))},{'abc'[i % 3]}" for i in range(60)]
        (home / DATA).write_text("\n".join(["size,colour,class", *lines, ""]))
        for name, arguments in MODELS.items():
            self.succeed(arguments, home)
            self.answers[name] = self.succeed(("predict", name, DATA, "--proba"), home).out

    def succeed(self, arguments: Sequence[str], folder: Path) -> Ended:
        """Run a command that has no reason to fail."""
        ended = self.commands.run(arguments, folder)
        if ended.code:
            raise RuntimeError(f"{' '.join(arguments)}: exit code {ended.code}: {ended.err}")
        return ended

    def fresh(self, name: str, *contents: str) -> Path:
        """An empty folder, or one with the data and copies of these files and folders of `prepare`."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for content in (DATA, *contents) if contents else ():
            source = self.folder / "home" / content
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / content)
        return folder

    def points(self, n: int) -> Iterator[int]:
        """The numbers from 1 to n, or as many of them as are to be tried."""
        yield from sorted(self.draw.sample(range(1, n + 1), min(n, self.n_points)))


_FOREIGN = ("Traceback", "panicked", "Exception ignored", "Segmentation", "terminate called", "Fatal Python")


def refused(ended: Ended, *names: str) -> str:
    """What is wrong with how a command refused: "" for exit code 2 and one line that begins with a name."""
    errors = [line for line in ended.err.splitlines() if line.startswith("error: ")]
    foreign = next((word for word in _FOREIGN if word in ended.err), None)
    if ended.code < 0:
        return f"ended by signal {-ended.code}"
    if foreign is not None:
        return f"{foreign}: {ended.err.strip().splitlines()[-1]}"
    if ended.code != 2 or len(errors) != 1:
        return f"exit code {ended.code}, {len(errors)} lines of error: {ended.err[-200:]}"
    return (
        "" if any(name in errors[0] for name in names) else f"names none of {', '.join(names)}: {errors[0]}"
    )
