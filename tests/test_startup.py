"""Start-up is what a SENCO feels: which modules a light command loads."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys

import click
import pytest

from sencli.cli import COMMANDS

HEAVY = ("git", "jsonschema", "jsonschema_rs", "ruamel", "typst", "tabulate", "ryaml")


def loaded(*args: str) -> set[str]:
    """The modules loaded after one command line, in a process of its own."""
    code = (
        "import sys, json, os\n"
        "from sencli.cli.run import run\n"
        f"run({list(args)!r})\n"
        "sys.stderr.write('LOADED ' + json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stderr.rsplit("LOADED ", 1)[1])
    return set(found)


@pytest.mark.parametrize("args", [["--help"], ["cycle", "--help"], ["nonsense"]])
def test_a_light_command_loads_nothing_heavy(args: list[str]) -> None:
    assert not loaded(*args) & set(HEAVY)


def test_version_is_answered_before_click() -> None:
    code = (
        "import sys\nsys.argv = ['sen', '--version']\n"
        "from sencli.__main__ import main\nmain()\n"
        "assert 'click' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("sen ")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    module, _, attribute = COMMANDS[name].target.partition(":")
    command = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
    assert isinstance(command, click.Command)
    assert (command.help or "").partition("\n")[0] == COMMANDS[name].help
