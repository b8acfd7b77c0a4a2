"""Schools to measure with: N pupils, records of a size, years of history, seeded.

``python -m benchmarks.schools DIR --pupils 300 --kilobytes 30 --commits 1000``

Every pupil has a record, as the targets ask. Most records are kept as the Code asks;
three in ten leave one to four things out. With ``--supported 0.18`` so many have SEN
support now, as in a real school, and the others had it once.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks import commits
from benchmarks import weeks
from benchmarks.cycles import PROVISIONS
from benchmarks.pupils import CLASSES
from benchmarks.pupils import YEARS
from benchmarks.pupils import Kind
from benchmarks.pupils import Pupil
from sencli.core.text.ids import Ids
from sencli.resources import SCHEMAS
from sencli.resources import schema_path
from sencli.store.text import dump

PUPILS_A_CLASS = 30
PUPILS_AN_ASSISTANT = 30


@dataclass(frozen=True)
class Size:
    """How large a school is, and what its pupils are like.

    Attributes:
        pupils: how many have a record.
        kilobytes: of a record, within a tenth.
        commits: small changes after the first commit.
        supported: share of pupils who have SEN support or a plan now.
        with_lapses: share of those whose record leaves one to four things out.
        seed: the same seed gives the same school.
    """

    pupils: int
    kilobytes: int
    commits: int = 0
    supported: float = 1.0
    with_lapses: float = 0.3
    seed: int = 1

    @property
    def name(self) -> str:
        """A folder's name for it."""
        share = f"{100 * self.supported:g}-{100 * self.with_lapses:g}"
        return f"{self.pupils}-{self.kilobytes}-{self.commits}-{share}-{self.seed}"

    @property
    def kind(self) -> Kind:
        """What its pupils have in common."""
        classes = -(-self.pupils // (PUPILS_A_CLASS * len(YEARS)))
        assistants = min(60, 2 + self.pupils // PUPILS_AN_ASSISTANT)
        return Kind(
            self.kilobytes,
            CLASSES[: min(len(CLASSES), max(1, classes))],
            tuple(f"A{n:02d}" for n in range(1, assistants + 1)),
            self.supported,
            self.with_lapses,
            weeks.TODAY.year - (weeks.AGO if self.commits else 0),
        )


def make(folder: Path, size: Size) -> list[str]:
    """A whole repository with its history; gives the pupils' ids."""
    ids = write(folder, size)
    commits.first(folder)
    if size.commits:
        commits.history(folder, ids, size.commits, size.seed)
    return ids


def write(folder: Path, size: Size) -> list[str]:
    """The files of a school in a folder; gives the pupils' ids."""
    (folder / "pupils").mkdir(parents=True)
    (folder / ".sencli" / "schemas").mkdir(parents=True)
    for name in SCHEMAS:
        text = schema_path(name).read_text("utf-8")
        (folder / ".sencli" / "schemas" / f"{name}.schema.json").write_text(text)
    for name, record in _books(size).items():
        (folder / f"{name}.yaml").write_text(dump.dumps(record, name), "utf-8")
    hand_out = Ids(random.Random(size.seed))
    ids = [hand_out("pupil") for _ in range(size.pupils)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        one = partial(_write_one, folder, size)
        for _ in pool.map(one, enumerate(ids), chunksize=25):
            pass
    return ids


def _write_one(folder: Path, size: Size, numbered: tuple[int, str]) -> None:
    number, pupil_id = numbered
    record = Pupil(size.kind, number, pupil_id, size.seed).record()
    text = dump.dumps(record, "pupil")
    (folder / "pupils" / f"{pupil_id}.yaml").write_text(text, "utf-8")


def _books(size: Size) -> dict[str, dict[str, Any]]:
    """The school, its catalogue and its (no) groups."""
    school = {
        "schema": 1,
        "name": "Bench School",
        "urn": "999999",
        "authority": "999",
        "establishment": "9000",
        "type": "maintained",
        "staff": list(_staff(size.kind)),
        "rates": [
            {"role": "TA", "pence_per_hour": 1650},
            {"role": "teacher", "pence_per_hour": 4100},
        ],
        "terms": [*weeks.terms()],
    }
    provisions = [
        {
            "key": key,
            "name": key.replace("-", " ").capitalize(),
            "tier": "targeted",
            "areas": [area],
            "usual": {"minutes": 20, "sessions_per_week": 3, "weeks": 10},
            "evidence": "Education Endowment Foundation: moderate impact",
            "withdrawal": key != "nurture",
        }
        for key, (area, _) in PROVISIONS.items()
    ]
    catalogue = {"schema": 1, "provisions": provisions}
    return {"school": school, "provisions": catalogue, "groups": {"schema": 1}}


def _staff(kind: Kind) -> Iterator[dict[str, Any]]:
    yield {"initials": "JP", "name": "J. Patel", "roles": [{"role": "SENCO"}]}
    for year, letter in product(YEARS, kind.classes):
        room = f"{year}{letter}"
        role = {"role": "class teacher", "class": room}
        yield {"initials": f"T{room}", "name": f"Teacher of {room}", "roles": [role]}
    for initials in kind.assistants:
        yield {
            "initials": initials,
            "name": f"Assistant {initials}",
            "roles": [{"role": "TA"}],
        }


def main() -> None:
    """Make one school."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pupils", type=int, default=300)
    parser.add_argument("--kilobytes", type=int, default=30)
    parser.add_argument("--commits", type=int, default=0)
    parser.add_argument("--supported", type=float, default=1.0)
    parser.add_argument("--with-lapses", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=1)
    asked = vars(parser.parse_args())
    folder = asked.pop("folder")
    size = Size(**asked)
    make(folder, size)
    sizes = [f.stat().st_size for f in (folder / "pupils").iterdir()]
    print(f"{size.pupils} pupils, {min(sizes)} to {max(sizes)} bytes")


if __name__ == "__main__":
    main()
