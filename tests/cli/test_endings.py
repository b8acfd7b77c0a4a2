"""A file is what its ending says, or it is not written."""

from __future__ import annotations

import click
import pytest

from sencli.cli.shell.run import cli
from sencli.documents.registry import DOCUMENTS
from tests.conftest import Typed
from tests.conftest import school_of

UNKNOWN = (".odt", ".rtf", ".DOC", ".xls", ".pages", ".htm", ".text", ".4B")
OF_ONE = {"letter": ("--on", "15/12/2026", "--time", "3pm", "--service", "EP")}


@school_of
def school(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --class 4B')
    oak("status set amelia K --since 15/09/2025 --told parent")
    oak("cycle open amelia --assessment 'Reads 22 of 100' --date 15/09/2025")


def lines() -> list[str]:
    """Every command that takes --output."""
    found = [*_lines(cli, ())]
    found.remove("print")
    pupil = {"summary", "cycle show", "ehc show", "pupil show"}
    named = [f"{line} amelia" if line in pupil else line for line in found]
    documents = [f"print {name}" for name in DOCUMENTS]
    return [*named, *documents, *(f"{line} amelia" for line in documents)]


def _lines(command: click.Command, path: tuple[str, ...]) -> list[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        return [
            line
            for name in command.list_commands(context)
            if (found := command.get_command(context, name)) is not None
            for line in _lines(found, (*path, name))
        ]
    takes = any("--output" in param.opts for param in command.params)
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    line = " ".join(path)
    if takes and line.endswith(" list") and any(p.required for p in arguments):
        return [f"{line} amelia"]
    return [line] if takes else []


@pytest.mark.parametrize("line", lines())
def test_an_ending_that_cannot_be_written_is_refused(school: Typed, line: str) -> None:
    words = [*line.split(), *next((m for k, m in OF_ONE.items() if k in line), ())]
    for ending in UNKNOWN[:3]:
        refused = school(*words, "--output", f"paper{ending}", code=None)
        assert refused.code not in {0, 1, 70}, refused.out
        assert not (school.folder / f"paper{ending}").exists()


@pytest.mark.parametrize("ending", UNKNOWN)
def test_it_says_which_can(school: Typed, ending: str) -> None:
    refused = school("summary", "amelia", "--output", f"paper{ending}", code=2)
    assert f"A {ending.casefold()} file cannot be written" in refused.err
    assert ".html, .json, .md, .pdf, .txt" in refused.err


@pytest.mark.parametrize(
    "line",
    [
        "summary amelia --format pdf --output a.txt",
        "summary amelia --format text --output a.pdf",
        "summary amelia --format json --output a.docx",
        "summary amelia --format html --output a.PDF",
        "register --format csv --output a.txt",
        "due --format ics --output a.csv",
        "due --format csv --output a.ics",
        "history amelia --format md --output a.json",
        "print letter-support-begins amelia --output a.csv",
        "print letter-support-begins amelia --record --output a.odt",
    ],
)
def test_ending_and_format_agree(school: Typed, line: str) -> None:
    school(line, code=2)
    assert not list(school.folder.glob("a.*"))
    assert "issued" not in next((school.folder / "pupils").iterdir()).read_text("utf-8")


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "a", "4B.summer.txt", ".hidden"])
def test_an_ending_that_says_what_it_is_or_none(school: Typed, name: str) -> None:
    school("summary", "amelia", "--output", name)
    written = (school.folder / name).read_bytes()
    assert written.startswith(b"%PDF") == name.casefold().endswith(".pdf")


def test_a_calendar(school: Typed) -> None:
    school("due --within 52w --output a.ICS")
    assert (school.folder / "a.ICS").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_folder_for_each_may_be_called_anything(school: Typed) -> None:
    school("summary amelia --each --output autumn.2025")
    assert list((school.folder / "autumn.2025").iterdir())
