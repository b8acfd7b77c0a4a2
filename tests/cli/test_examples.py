"""Every command shows an example under its help, and the example is understood."""

from __future__ import annotations

import importlib
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sencli.cli import COMMANDS
from sencli.cli.shell.app import App
from sencli.cli.shell.examples import EXAMPLES
from tests.cases import each_case
from tests.cli import lesson
from tests.conftest import Typed


def leaves(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        yield from leaves(f"{path} {name}", child)


def everything() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, entry in COMMANDS.items():
        module, _, attribute = entry.target.partition(":")
        command = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
        found.update(leaves(name, command))
    return found


ALL = everything()


def test_each_command_has_one() -> None:
    assert set(EXAMPLES) == set(ALL)


def test_it_is_understood(oak: Typed) -> None:
    @each_case("path", sorted(ALL))
    def understood(path: str) -> None:
        root = click.Context(click.Group("sen"), obj=App(str(oak.folder)))
        ALL[path].make_context(path, shlex.split(EXAMPLES[path]), parent=root)

    understood()


# what stands in the school before an example is typed there
BEFORE = {
    "access add": ("contact add amelia 'Sara Khan' --relationship mother",),
    "access extend": ("access add amelia --by pupil --date today",),
    "cycle open": (
        "outcome add amelia 'Spells his name'",
        "cycle review amelia --date 17/10/2025 --outcome 1=partly:37 --decision adapt",
    ),
    "cycle set": (
        "cycle open amelia --assessment 'Reads 40'",
        "cycle plan amelia --bare",
    ),
    "meeting done": (
        "meeting add amelia --date today --action 'KM: ring the surgery'",
    ),
    "action done": ("meeting add amelia --date today --action 'KM: ring the surgery'",),
    "pupil return": (
        "pupil add 'George Hall' --year-group 4 --class 4B",
        "pupil leave george --date 20/10/2025",
    ),
    "specialist advise": (
        "specialist refer amelia EP --date 01/10/2025 --consent parent",
    ),
    "ehc advice": ("ehc request amelia --date 01/10/2025 --by school",),
    "ehc appeal": ("ehc decision amelia refuse --date today",),
    "group add": (
        "cycle open cara --date 15/09/2025",
        "outcome add cara 'Reads'",
    ),
}
LAST = (
    "cycle close",
    "pupil leave",
    "remove",
    "retention end",
    "erase",
    "verify",
    "doctor",
)
"""They take away what others need, or look at the whole."""
ENDS = {
    **dict.fromkeys(
        ("plan", "review", "meet", "start", "pupil edit", "report edit"), "terminal"
    ),
    "do": "No numbered list",  # tests/cli/test_first_screen.py
    "pupil add": "Amelia Khan already",  # the lesson begins with it
    "remove": "is referred to by",
    "export subject-access": "No request",  # tests/cli/test_subject_access.py
    "erase": "is held",  # to the end of the day
    "undo": "To be undone",  # nobody is asked whether to
    "ehc cease": "no EHC plan in force",  # tests/cli/test_ehc.py
    "ehc move": "Westshire",  # the same
    "look set": "is empty",
    "look remove": "no logo",  # tests/cli/test_look.py
    "draft open": "no draft",  # ids are made by chance: tests/cli/test_draft.py
    "draft remove": "no draft",
    "signer add": "not a signer's line",  # tests/cli/test_signers.py
    "signer end": "no list of signers",
    "signer list": "no list of signers",
    "specialist seen": "before the referral",
    "sync": "nowhere to sync with",  # tests/cli/test_sync.py
    "take": "not signed off",
    "import transfer": "no zip",
    "check": "",
    "ehc decision": "is recorded already",  # by the appeal's
    "intervention end": "began on",
    "outcome measure": "which began on",
    "doctor": "",
}
"""What an example says where the lesson's school lacks what it is for."""
ELSEWHERE = {"demo", "join"}  # typed for the demo itself, and with two computers
FILES = {
    "pupils.csv": "first_name,last_name\nEva,Novak\n",
    "contacts.csv": "Pupil,Contact Name,Relationship\nAmelia Khan,Sana Khan,mother\n",
    "staff.csv": "Initials,Name,Role\nZZ,Z. Zahn,TA\n",
    "terms.csv": "Name,First day,Last day\nSpring 2026,05/01/2026,27/03/2026\n",
    "provisions.csv": "Name,Wave\nChess,2\n",
    "leavers.xml": "<CTfile/>",
    "pupil.zip": "no zip",
    "report.pdf": "%PDF-1.4\n",
}


def test_it_runs(tmp_path: Path) -> None:
    term = lesson.school(tmp_path, (*lesson.LINES, *lesson.IN_TERM))
    for name, text in {**FILES, "logo.png": ""}.items():
        (term.folder / name).write_text(text, "utf-8", newline="\n")
    paths = [path for path in EXAMPLES if path not in LAST] + list(LAST)
    failed = []
    for path in paths:
        if path in ELSEWHERE:
            continue
        for line in BEFORE.get(path, ()):
            term(line)
        typed = term.at(tmp_path) if path == "init" else term
        done = typed(*shlex.split(f"{path} {EXAMPLES[path]}"), code=None)
        if (done.code != 0 and path not in ENDS) or ENDS.get(path, "") not in done.both:
            failed.append(f"{path}: {done.code} {done.err}")
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("path", ["cycle plan", "map", "staff list"])
def test_help_ends_with_it(sen: Typed, path: str) -> None:
    told = sen(f"{path} --help").out.rstrip().splitlines()
    assert told[-2:] == ["  Example:", f"  sen {path} {EXAMPLES[path]}".rstrip()]
