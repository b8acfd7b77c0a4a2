"""The public peers, each in an environment of its own, and their data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sencli.resources import schema_path

PACKAGES = {
    "papis": ["papis"],
    "todoman": ["todoman"],
    "check-jsonschema": ["check-jsonschema"],
    "weasyprint": ["weasyprint"],
}


Before = Callable[[int], None]


class Peers:
    """Where the peers are; ``None`` where one cannot be had, with a word why."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder = folder
        self._say = say
        self._found: dict[str, Path | None] = {}

    def get(self, name: str) -> Path | None:
        """The program of that name, installed when it is first asked for."""
        if name not in self._found:
            self._found[name] = self._install(name)
        return self._found[name]

    def _install(self, name: str) -> Path | None:
        if name not in PACKAGES:
            path = shutil.which(name)
            if path is None:
                self._say(f"{name} is not on this machine: its rows are left out.")
            return Path(path) if path else None
        home = self.folder / name
        program = home / "bin" / name.replace("todoman", "todo")
        if program.exists():
            return program
        try:
            subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
            pip = [str(home / "bin" / "pip"), "install", "-q", *PACKAGES[name]]
            subprocess.run(pip, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            self._say(f"{name} cannot be installed here: its rows are left out.")
            return None
        return program if program.exists() else None


def papis_library(folder: Path, count: int) -> dict[str, str]:
    """A papis library of so many documents; gives the environment that uses it."""
    library = folder / "library"
    environment = {
        "XDG_CONFIG_HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "HOME": os.environ.get("HOME", str(folder / "home")),
    }
    if library.exists():
        return environment
    for n in range(count):
        one = library / f"d{n:05d}"
        one.mkdir(parents=True)
        lines = [f"title: Outcomes of group {n}", f"author: Author {n % 97}"]
        lines += ["year: 2025", f"papis_id: {n:032x}", "tags:"]
        lines += [
            f"- note {n} {i} of the reading group in the morning" for i in range(80)
        ]
        (one / "info.yaml").write_text("\n".join(lines) + "\n")
    home = folder / "home"
    (home / "papis").mkdir(parents=True)
    (home / "papis" / "config").write_text(
        "[settings]\ndefault-library = bench\nuse-git = False\n"
        f"[bench]\ndir = {library}\n"
    )
    git = ["git", "-C", str(library)]
    for args in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *args], check=True)
    return environment


def todo_lists(folder: Path, count: int) -> dict[str, str]:
    """A todoman collection of so many entries; gives the environment."""
    lists = folder / "lists" / "school"
    config = folder / "config.py"
    environment = {"TODOMAN_CONFIG": str(config)}
    if config.exists():
        return environment
    lists.mkdir(parents=True)
    for n in range(count):
        note = " ".join(f"Note {i} on review {n}." for i in range(150))
        (lists / f"t{n:05d}.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nBEGIN:VTODO\r\n"
            f"UID:t{n:05d}\r\nSUMMARY:Review {n}\r\nDUE;VALUE=DATE:20261201\r\n"
            f"DTSTAMP:20261101T090000Z\r\nDESCRIPTION:{note}\r\n"
            "END:VTODO\r\nEND:VCALENDAR\r\n"
        )
    config.write_text(
        f'path = "{folder}/lists/*"\ncache_path = "{folder}/cache.sqlite3"\n'
        'default_list = "school"\n'
    )
    return environment


def task_list(program: Path, folder: Path, count: int) -> dict[str, str]:
    """Taskwarrior's data of so many tasks with notes; gives the environment."""
    settings = folder / "taskrc"
    environment = {"TASKRC": str(settings), "TASKDATA": str(folder / "data")}
    if settings.exists():
        return environment
    (folder / "data").mkdir(parents=True)
    stamp = "20261101T090000Z"
    tasks = [
        {
            "uuid": f"{n:08x}-0000-4000-8000-{n:012x}",
            "description": f"Review {n}",
            "status": "pending",
            "entry": stamp,
            "due": "20261201T090000Z",
            "annotations": [
                {"entry": stamp, "description": f"Note {i} of the reading group"}
                for i in range(20)
            ],
        }
        for n in range(count)
    ]
    settings.write_text("confirmation=off\nnews.version=99.0\nhooks=off\n")
    subprocess.run(
        [str(program), "import", "-"],
        input=json.dumps(tasks).encode(),
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )
    return environment


def pages(folder: Path, count: int) -> Path:
    """One HTML file of so many parents' pages, for the browsers."""
    section = (
        "<section style='break-after: page'><h1>Summary {n}</h1><p>{text}</p><table>"
        "{rows}</table><svg width='400' height='120'><polyline fill='none' "
        "stroke='black' points='0,100 130,70 260,50 390,20'/></svg></section>"
    )
    text = "What we are working on, and what has helped so far. " * 12
    rows = "".join(f"<tr><td>Row {i}</td><td>{text[:60]}</td></tr>" for i in range(8))
    body = "".join(section.format(n=n, text=text, rows=rows) for n in range(count))
    path = folder / f"pages-{count}.html"
    path.write_text(f"<!doctype html><html lang='en'><body>{body}</body></html>")
    return path


def schema_without_annotations(folder: Path) -> Path:
    """The pupil's schema as check-jsonschema takes it."""
    schema = json.loads(schema_path("pupil").read_text("utf-8"))
    path = folder / "pupil.schema.json"
    path.write_text(json.dumps(schema))
    return path
