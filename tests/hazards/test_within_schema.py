"""Whatever fits its schema can be read by every command."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from random import Random

import click
import pytest

from sencli.cli.shell.run import cli
from tests.conftest import Typed
from tests.conftest import school_of
from tests.hazards.mutants import NOT_READING
from tests.hazards.mutants import PUPIL
from tests.hazards.mutants import SCHOOL
from tests.hazards.mutants import WRITING_VERBS
from tests.hazards.mutants import commands
from tests.hazards.mutants import crashed
from tests.hazards.mutants import more
from tests.hazards.mutants import mutate_school


@school_of
def school(oak: Typed) -> None:
    """Oak Primary with one pupil who has been through everything."""
    for line in STORY.strip().splitlines():
        oak(line)


STORY = """
staff add KM --name 'K. Morris' --role teacher --class 4B
staff add TA2 --name 'B. Ali' --role TA
rate set TA 16.50
term add 'Autumn 2025' 02/09/2025 19/12/2025
provision add precision-teaching --name 'Precision teaching' --minutes 30
pupil add 'Amelia Khan' --upn P999900024001 --class 4B --date-of-birth 14/03/2017
contact add amelia 'Sana Khan' --relationship mother --parental-responsibility
flag add amelia eal
concern add amelia --concern 'Reading is hard' --date 01/09/2025 --raised-by parent
status set amelia K --since 15/09/2025 --reason 'Little progress'
need add amelia SLCN --rank 1 --description 'Word finding'
cycle open amelia --assessment 'Reads 22 words' --date 15/09/2025 --teacher KM
outcome add amelia 'Reads 60 words' --baseline 22 --target 60 --by 12/12/2025
cycle plan amelia --date 18/09/2025 --review-by 12/12/2025 --strategy 'Word mat'
intervention add amelia precision-teaching --outcome 1 --group HFW --start 22/09/2025
intervention set amelia 1 --led-by TA2 --sessions-per-week 3
session log amelia --date 22/09/2025
session log HFW --week 29/09/2025 --delivered 2
outcome measure amelia 1 30 --date 10/10/2025
specialist refer amelia EP --consent parent --date 01/10/2025
specialist advise amelia EP --recommendation 'Paired reading' --date 10/10/2025
meeting add amelia --date 10/10/2025 --attended parent,KM --action 'KM: ring EP'
consider amelia disability --conclusion no
adjustment add amelia 'Sits at the front'
ehc request amelia --date 01/10/2025 --by parent
ehc issue amelia --date 10/10/2025 --outcome 'Takes part' --provision 'Speech therapy'
ehc review amelia --date 17/10/2025 --attended parent
funding add amelia --source top_up --annual 6000
transition add amelia --to 'Elm High' --actions 'Two visits'
report add amelia --to parent --date 10/07/2025
exception add amelia B03 --reason 'Agreed' --date 01/10/2025
"""


def crashes(school: Typed, pupil: str) -> list[str]:
    """The commands that end in a fault of ours, over the records as they are."""
    found = []
    for line in commands(pupil):
        words = [*line.split(), *more(line)]
        result = school(*words, code=None)
        if crashed(result):
            found.append(f"{line}: {result.err}")
    return found


def test_every_command_that_reads_is_tried() -> None:
    tried = {words for line in (*PUPIL, *SCHOOL) for words in _ways(line)}
    for name in _leaves(cli, ()):
        if name not in tried | NOT_READING:
            assert name.split()[-1] in WRITING_VERBS, name


def _ways(line: str) -> set[str]:
    words = line.split()
    return {words[0], " ".join(words[:2])}


def _leaves(command: click.Command, path: tuple[str, ...]) -> list[str]:
    if not isinstance(command, click.Group):
        return [" ".join(path)]
    context = click.Context(command)
    return [
        leaf
        for name in command.list_commands(context)
        if (found := command.get_command(context, name)) is not None
        for leaf in _leaves(found, (*path, name))
    ]


def test_whole_numbers_written_with_a_point(school: Typed) -> None:
    for path in [*school.folder.glob("pupils/*.yaml"), *school.folder.glob("*.yaml")]:
        text = path.read_text("utf-8")
        text = re.sub(
            r"((?:minutes|rank|schema|delivered|group_size|annual_pence|"
            r"pence_per_hour|version): [0-9]+)(?=[,}\n])",
            r"\1.0",
            text,
        )
        path.write_text(text, "utf-8", newline="\n")
    assert "minutes: 30.0" in (school.folder / "provisions.yaml").read_text("utf-8")
    school("check", code=None)
    (pupil,) = (path.stem for path in school.folder.glob("pupils/*.yaml"))
    assert crashes(school, pupil) == []
    shown = json.loads(school("pupil", "show", pupil, "--format", "json").out)
    assert ".0" not in json.dumps(shown)
    school("commit")
    school("need", "set", pupil, "SLCN", "--rank", "2")
    assert ".0" not in next(school.folder.glob("pupils/*.yaml")).read_text("utf-8")


def test_an_impact_written_with_a_point(school: Typed) -> None:
    school(
        "cycle review amelia --outcome 1=achieved:61 --intervention 1=1 "
        "--date 17/10/2025 --attended parent"
    )
    (path,) = school.folder.glob("pupils/*.yaml")
    text = path.read_text("utf-8")
    path.write_text(text.replace("impact: 1", "impact: 1.0"), "utf-8", newline="\n")
    assert "impact: 1.0" in path.read_text("utf-8")
    assert crashes(school, path.stem) == []


@pytest.mark.parametrize("seed", range(4))
def test_records_changed_within_their_schema(
    school: Typed, tmp_path: Path, seed: int
) -> None:
    base = tmp_path / "base"
    school.folder.rename(base)

    shutil.copytree(base, school.folder, symlinks=True)
    for pupil in mutate_school(school.folder, base, Random(seed)):
        assert crashes(school, pupil) == []
