"""benchmarks/NETWORKS.md, of which each command writes a section of its own."""

from __future__ import annotations

import re
from pathlib import Path

RESULTS = Path(__file__).parent.parent / "NETWORKS.md"


def write_section(title: str, text: str, path: Path = RESULTS) -> None:
    """Put a section in the place of the one of that title, or at the end."""
    heading, *sections = re.split(r"^## ", path.read_text(), flags=re.MULTILINE)
    texts = dict(section.split("\n", 1) for section in sections)
    texts[title] = f"\n{text}"
    parts = [heading.strip(), *(f"## {name}\n\n{body.strip()}" for name, body in texts.items())]
    path.write_text("\n\n".join(parts) + "\n")
