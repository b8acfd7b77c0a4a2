"""A school in mid-term for the tests: made once by the commands, then copied."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import Result
from tests.conftest import Typed
from tests.conftest import copy_of
from tests.conftest import head_of

LINES = (
    "init oak --school Oak --senco J.Patel",
    "staff add KM --name 'K. Morris' --role teacher",
    "staff add TA2 --name 'B. Ali' --role TA",
    "rate set TA 16.50",
    (
        "provision add precision-teaching --name 'Precision teaching' --tier targeted "
        "--minutes 30 --sessions-per-week 3 --group-size 4 --led-by-role TA"
    ),
    "provision add lego --name 'Lego therapy' --minutes 45 --sessions-per-week 1",
    "pupil add 'Amelia Khan' --year-group 4 --class 4B",
    "pupil add 'Ben Adeyemi' --year-group 4 --class 4B",
    "pupil add 'Cara Doyle' --year-group 5 --class 5A",
    "status set amelia K --since 15/09/2025",
    "need add amelia SLCN --rank 1 --description 'Word finding'",
)
IN_TERM = (
    (
        "cycle open amelia --date 15/09/2025 --teacher KM --assessment 'Reads 22' "
        "--parent-view 'Worried about reading' --pupil-view 'I like stories'"
    ),
    (
        "cycle plan amelia --date 18/09/2025 --review-by 12/12/2025 "
        "--agreed-with parent,pupil --strategy 'Visual timetable'"
    ),
    (
        "outcome add amelia 'Reads 60 common words on sight' --measure 'words of 100' "
        "--baseline 22 --target 60 --by 12/12/2025"
    ),
    (
        "intervention add amelia precision-teaching --outcome 1 --led-by TA2 "
        "--group 'HFW 1' --start 22/09/2025 --end 12/12/2025"
    ),
    "cycle open ben --date 15/09/2025",
    "cycle plan ben --date 18/09/2025 --review-by 12/12/2025",
    (
        "outcome add ben 'Spells his name' --target 'always' "
        "--scale 'not yet, sometimes, always'"
    ),
    (
        "intervention add ben precision-teaching --outcome 1 --group 'HFW 1' "
        "--start 22/09/2025 --end 12/12/2025"
    ),
)


def school(folder: Path, lines: tuple[str, ...]) -> Typed:
    """``sen`` in a copy of the school that these lines make."""

    def make(room: Path) -> Path:
        first, *rest = lines
        Typed(room)(first)
        for line in rest:
            Typed(room / "oak")(line)
        return room / "oak"

    home = folder / "school"
    copy_of(lines, home, make)
    return Typed(home)


def record(sen: Typed, who: str) -> dict[str, Any]:
    """A pupil's record, as ``sen pupil show`` prints it."""
    found: dict[str, Any] = json.loads(
        sen("pupil", "show", who, "--format", "json").out
    )
    return found


def read(sen: Typed, file: str) -> dict[str, Any]:
    """One file of the records as data."""
    from sencli.store.text.load import load

    return load((sen.folder / file).read_bytes(), file)


def commits(sen: Typed) -> int:
    """How many commits there are."""
    return _counted(sen.folder, head_of(sen.folder))


@cache
def _counted(folder: Path, newest: str) -> int:
    import subprocess

    args = ["git", "-C", str(folder), "rev-list", "--count", newest]
    return int(subprocess.run(args, check=True, capture_output=True).stdout)


def refused(sen: Typed, *args: str, code: int) -> Result:
    """The command is refused with that code and changes nothing."""
    before = head_of(sen.folder)
    result = sen(*args, code=code)
    assert head_of(sen.folder) == before
    assert "Traceback" not in result.both
    assert "Something went wrong" not in result.both
    return result


def sound(sen: Typed, who: str) -> bool:
    """Whether a pupil's record hangs together: references, people, dates."""
    from sencli.core.checks.integrity import integrity

    pupil = read(sen, f"pupils/{record(sen, who)['id']}.yaml")
    books = (read(sen, f"{name}.yaml") for name in ("school", "provisions", "groups"))
    faults = integrity(pupil, *books)
    assert faults == []
    return True
