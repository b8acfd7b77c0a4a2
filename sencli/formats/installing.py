"""What to type where a library that a format needs is not installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def install_line(library: str) -> str:
    """The line that adds it to this program, by what put the program here."""
    place = Path(sys.prefix)
    if (place / "pipx_metadata.json").is_file():
        return f"pipx inject {place.name} {library}"
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if (place / "uv-receipt.toml").is_file():
        return f"uv pip install --python {python} {library}"
    if os.name == "nt" and python != sys.executable:
        # PowerShell starts no program by a word in quotes, and needs none by this
        return f"py -m pip --python {python} install {library}"
    return f"{python} -m pip install {library}"
