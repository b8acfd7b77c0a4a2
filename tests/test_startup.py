"""Start-up is what a SENCO feels: which modules a light command loads."""

from __future__ import annotations

import ast
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import sencli
from sencli.cli import COMMANDS
from sencli.core.record.act import Act
from sencli.documents.registry import DOCUMENTS

HEAVY = ("git", "jsonschema", "jsonschema_rs", "ruamel", "typst", "tabulate", "ryaml")
HEAVY += ("docx", "lxml", "xlsxwriter")


def loaded(*args: str) -> set[str]:
    """The modules loaded after one command line, in a process of its own."""
    code = (
        "import sys, json, os\n"
        "from sencli.cli.shell.run import run\n"
        f"run({list(args)!r})\n"
        "sys.stderr.write('LOADED ' + json.dumps(sorted(sys.modules)))\n"
    )
    return loaded_by(code)


def loaded_by(code: str) -> set[str]:
    """The modules that a program names on standard error, after ``LOADED``."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    found: list[str] = json.loads(done.stderr.rsplit("LOADED ", 1)[1])
    return set(found)


@pytest.mark.parametrize("args", [["--help"], ["cycle", "--help"], ["nonsense"]])
def test_a_light_command_loads_nothing_heavy(args: list[str]) -> None:
    assert not loaded(*args) & set(HEAVY)


def test_a_command_that_writes_loads_no_list() -> None:
    assert not [m for m in loaded("meeting", "--help") if "documents.lists" in m]


SLOW = ("dataclasses", "pathlib", "tempfile", "shutil", "random", "fractions", "git")
WEB = ("socket", "ssl", "urllib.request", "http.client", "importlib.metadata")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with one pupil, made by the program itself."""
    folder = tmp_path_factory.mktemp("start") / "school"
    who = {
        f"GIT_{role}_{part}": text
        for role in ("AUTHOR", "COMMITTER")
        for part, text in (("NAME", "J. Patel"), ("EMAIL", "senco@start.example"))
    }
    for words in (
        ["init", str(folder), "--school", "Start", "--senco", "J. Patel"],
        ["-C", str(folder), "pupil", "add", "Amelia Khan", "--class", "4B"],
    ):
        subprocess.run(
            [sys.executable, "-m", "sencli", *words],
            check=True,
            capture_output=True,
            env={**os.environ, **who},
        )
    return folder


def test_showing_a_pupil_loads_what_it_shows(school: Path) -> None:
    pupil = next((school / "pupils").iterdir()).stem
    modules = loaded("-C", str(school), "pupil", "show", pupil)
    assert not modules & {*SLOW, *WEB, "tabulate", "jsonschema_rs"}
    # of its group only the verb that was typed
    others = {
        "sencli.cli.pupil.add",
        "sencli.cli.pupil.set",
        "sencli.cli.shell.writing",
    }
    assert not modules & others


def test_the_register_loads_no_parser_of_schemas(school: Path) -> None:
    first = loaded("-C", str(school), "register", "--all")
    again = loaded("-C", str(school), "register", "--all")
    for modules in (first, again):
        assert not modules & {*SLOW, *WEB, "tabulate", "jsonschema_rs"}
    assert "sencli.core.provision.register" in first


def changing_modules() -> set[str]:
    """The modules of the core with a function that returns a changed record."""
    core = Path(sencli.__file__).parent / "core"
    return {
        ".".join(path.relative_to(core.parent.parent).with_suffix("").parts)
        for path in core.rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) == Act.__name__
    }


def test_a_paper_loads_nothing_that_changes_a_record(school: Path) -> None:
    pupil = next((school / "pupils").iterdir()).stem
    each = [name for name, made in DOCUMENTS.items() if made.each]
    lines = [["summary", pupil], *(["print", name, pupil] for name in each)]
    lines += [["print", name] for name in DOCUMENTS if name not in each]
    code = (
        "import sys, json, os\n"
        "from sencli.cli.shell.run import run\n"
        f"for args in {lines!r}:\n"
        f"    run(['-C', {str(school)!r}, *args])\n"
        "sys.stderr.write('LOADED ' + json.dumps(sorted(sys.modules)))\n"
    )
    changing = changing_modules()
    assert "sencli.core.statutory.plan" in changing
    assert not loaded_by(code) & changing


def test_a_tab_loads_no_command() -> None:
    code = (
        "import sys, json, os\n"
        "os.environ.update(_SEN_COMPLETE='bash_complete', COMP_WORDS='sen cy', "
        "COMP_CWORD='1')\n"
        "from sencli.cli.shell.run import run\n"
        "try:\n    run([])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('LOADED ' + json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert "cycle" in done.stdout
    modules = set(json.loads(done.stderr.rsplit("LOADED ", 1)[1]))
    assert not modules & {
        *HEAVY,
        *WEB,
        "sencli.cli.cycle.cycle",
        "sencli.store.repository.repository",
    }


def test_version_is_answered_before_click() -> None:
    code = (
        "import sys\nsys.argv = ['sen', '--version']\n"
        "from sencli.__main__ import main\nmain()\n"
        "assert 'click' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith("sen ")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    module, _, attribute = COMMANDS[name].target.partition(":")
    command = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
    assert isinstance(command, click.Command)
    assert (command.help or "").partition("\n")[0] == COMMANDS[name].help
