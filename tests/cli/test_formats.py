"""One vocabulary of formats: the same names, endings and refusals everywhere."""

from __future__ import annotations

import codecs
import importlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

import click
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from sencli import terms
from sencli.cli import COMMANDS
from sencli.cli.shell.format_name import FormatName
from sencli.documents.registry import DOCUMENTS
from sencli.formats import FORMATS
from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def school(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --class 4B')
    oak(
        'contact add amelia "Sana Khan" --relationship mother --parental-responsibility'
    )
    oak("status set amelia K --since 15/09/2025 --told parent")
    oak("cycle open amelia --assessment 'Reads 22 of 100' --date 15/09/2025")


def commands() -> Iterator[click.Command]:
    """Every command of the program."""
    for name in COMMANDS:
        module, _, attribute = COMMANDS[name].target.partition(":")
        made = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
        yield from every(made)


def every(command: click.Command) -> Iterator[click.Command]:
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            if inner := command.get_command(click.Context(command), name):
                yield from every(inner)
    else:
        yield command


def test_every_command_takes_names_of_the_one_vocabulary() -> None:
    assert (*FORMATS,) == ("text", "table", *(n for n in FORMATS if n not in PRINTED))
    assert {*FORMATS} == {*terms.FORMATS}
    found = 0
    for command in commands():
        for param in command.params:
            if "--format" not in param.opts:
                continue
            found += 1
            assert isinstance(param.type, FormatName), command.name
            choices = [name for name in param.type.choices if name != "ics"]
            if "pdf" in choices:
                whole = terms.FORMATS if "csv" in choices else terms.PAPER_FORMATS
                assert choices == [*whole], command.name
            else:
                assert choices == ["text", "json"], command.name
    assert found > 50
    for name, made in DOCUMENTS.items():
        assert made.formats in (terms.FORMATS, terms.PAPER_FORMATS), name


PRINTED = ("text", "table")

LISTS = ("register", "map", "due", "pupil list", "history amelia", "print census")
LISTS += ("print delivery", "print impact", "print governors", "contact list amelia")


@pytest.mark.parametrize("line", LISTS)
def test_a_list_is_a_workbook_by_name_or_ending(school: Typed, line: str) -> None:
    file = school.folder / "list.XLSX"
    school(f"{line} --output {file.name}")
    book = load_workbook(BytesIO(file.read_bytes()))
    assert book.sheetnames[-1] == "Notes"
    assert len(book.sheetnames) > 1
    file.unlink()
    base = school.folder / "list.sqlite"
    school(f"{line} --output {base.name}")
    with closing(sqlite3.connect(base)) as opened:
        made = opened.execute('SELECT "table", rows FROM about').fetchall()
        for name, rows in made:
            held = [line for line in opened.iterdump() if f'INTO "{name}" ' in line]
            assert len(held) == rows
    assert made
    assert os.name == "nt" or base.stat().st_mode & 0o777 == 0o600
    base.unlink()


PAPERS = ("summary amelia", "print support-plan amelia", "print isp amelia", "due")
PAPERS += ("print letter-support-begins amelia", "pupil show amelia", "history amelia")


@pytest.mark.parametrize("line", PAPERS)
def test_a_paper_is_a_word_file(school: Typed, line: str) -> None:
    school(f"{line} --output paper.docx --force")
    document = Document(str(school.folder / "paper.docx"))
    texts = document.element.body.iter(qn("w:t"))
    assert "Amelia" in " ".join(part.text for part in texts)


@pytest.mark.parametrize("line", ["due", "history amelia", "pupil show amelia"])
def test_a_list_is_a_page_too(school: Typed, line: str) -> None:
    assert school(f"{line} --format html").out.startswith("<!DOCTYPE html>")
    school(f"{line} --output list.pdf --force")
    assert (school.folder / "list.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("summary amelia --format csv", "sen summary does not come as csv."),
        ("pupil show amelia --format xlsx", "sen pupil show does not come as xlsx."),
        ("print summary amelia --format csv", "The document summary does not come as"),
        ("summary amelia --output x.csv", "A .csv file cannot be written here"),
        ("verify --format pdf", "sen verify does not come as pdf."),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_does(
    school: Typed, line: str, command: str
) -> None:
    told = school(line, code=2).err
    assert command in told
    assert "docx" in told or "text, json" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("due --format word", "Did you mean: --format docx"),
        ("due --no-pager", "before the command: sen --no-pager"),
        ("due --format Excel", "Did you mean: --format xlsx"),
        ("summary amelia --format excel", "Choose one of: text, table, md"),
        ("pupil show amelia --format yaml", "There is no format yaml."),
        ("due --format ''", "--format is empty."),
        ("due --output ''", "Name a file: --output FILE"),
    ],
)
def test_a_wrong_name_is_answered_with_a_right_one(
    school: Typed, line: str, told: str
) -> None:
    assert told in school(line, code=2).err


def test_a_dash_is_standard_output(school: Typed) -> None:
    assert school("pupil list --output -").out == school("pupil list").out
    told = school("pupil list --format csv --output -")
    assert told.out == school("pupil list --format csv").out
    assert not (school.folder / "-").exists()
    assert "none is named" in school("due --output - --force", code=2).err


def test_text_and_table_stand_for_each_other(school: Typed) -> None:
    assert school("summary amelia --format table").out == (
        school("summary amelia --format text").out
    )
    assert school("pupil list --format text").out == school("pupil list").out


def test_a_csv_for_excel_has_its_mark_and_a_pipe_has_none(school: Typed) -> None:
    school("pupil list --output list.csv")
    assert (school.folder / "list.csv").read_bytes().startswith(codecs.BOM_UTF8)
    assert not school("pupil list --format csv").out.startswith("\ufeff")


def test_papers_in_word_may_share_a_sheet(school: Typed) -> None:
    school("summary amelia --single-sided --output two.docx")
    told = school("summary amelia --single-sided --output two.md", code=2).err
    assert "is about pages" in told


def test_a_history_as_a_page_is_told_in_sentences(school: Typed) -> None:
    assert "<table" not in school("history amelia --format html").out
    assert "What changed" in school("history amelia --format md").out


def test_it_is_told_that_a_word_file_can_be_changed(school: Typed) -> None:
    line = "print letter-support-begins amelia --record --output letter.docx"
    assert "as sencli made it" in school(line).err
