"""``sen export tables``: all that is held, in one file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from io import BytesIO

from openpyxl import load_workbook

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def school(oak: Typed) -> None:
    oak("provision add phonics --name Phonics --tier targeted --minutes 20")
    oak('pupil add "Amelia Khan" --class 4B --year-group 4')
    oak("status set amelia K --since 15/09/2025")
    oak("need add amelia SLCN --from 15/09/2025")
    oak("concern add amelia --raised-by senco --concern 'A secret' --restricted")
    oak("cycle open amelia --assessment 'Reads 22' --date 15/09/2025")
    oak("outcome add amelia 'Reads 60' --baseline 22 --target 60 --by +4w")


def test_a_table_for_each_list_with_the_ids_of_what_it_is_in(school: Typed) -> None:
    done = school("export tables --output records.sqlite")
    assert "everything about every pupil" in done.err
    file = school.folder / "records.sqlite"
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    assert b"A secret" not in file.read_bytes()
    with closing(sqlite3.connect(file)) as base:
        said = base.execute("SELECT notes FROM about").fetchone()[0]
        assert said == "1 restricted item left out: add --restricted."
        query = (
            "SELECT p.last_name, o.outcome, o.target_value, c.assess_date "
            "FROM cycles_plan_outcomes o JOIN pupils p ON p.id = o.pupil "
            "JOIN cycles c ON c.id = o.cycle"
        )
        assert base.execute(query).fetchall() == [
            ("Khan", "Reads 60", 60, "2025-09-15")
        ]
        kinds = {row[1]: row[2] for row in base.execute("PRAGMA table_info(needs)")}
        known = ("pupil", "from", "until", "rank", "type")
        told = [kinds[name] for name in known]
        assert told == ["TEXT", "DATE", "DATE", "INTEGER", "TEXT"]
        assert base.execute("SELECT * FROM ehc_reviews_advice").fetchall() == []
        assert base.execute("SELECT key FROM provisions").fetchall() == [("phonics",)]
    school("export tables --output records.xlsx --restricted")
    book = load_workbook(BytesIO((school.folder / "records.xlsx").read_bytes()))
    assert {"pupils", "needs", "concerns", "staff"} <= {*book.sheetnames}
    for line in ("", " --output a.csv", " --output records.xlsx"):
        school(f"export tables{line}", code=2)
