"""Schools to measure with: N pupils, records of a size, years of history, seeded.

``python -m benchmarks.schools DIR --pupils 300 --kilobytes 30 --commits 1000``
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import Any

from sencli.core.ids import Ids
from sencli.resources import schema_path
from sencli.store import emit

FIRST = (
    *("Amina", "Ben", "Chloe", "Daniel", "Ewa", "Farah", "George", "Hana", "Isaac"),
    *("Jaya", "Kofi", "Lily", "Mateusz", "Nia", "Omar", "Priya", "Rhys", "Sofia"),
)
LAST = (
    *("Adeyemi", "Brown", "Chowdhury", "Davies", "Evans", "Farooq", "Green", "Hussain"),
    *("Iqbal", "Jones", "Khan", "Lewandowski", "Morris", "Nowak", "Okafor", "Patel"),
)
OPENING = ("In class", "At reading time", "At break", "With a partner", "On paper")
DOING = ("reads", "listens", "writes", "joins in", "asks for help", "explains", "waits")
HOW = ("with a prompt", "for five minutes", "when the task is short", "with pictures")
CLOSING = ("most days", "in the morning", "after a reminder", "more than last term")
STAFF = ("KM", "JP", "TA1", "TA2", "TA3")
PROVISIONS = ("precision-teaching", "talk-group", "fine-motor", "nurture", "phonics")
NEEDS = ("SLCN", "MLD", "SEMH", "ASD", "SPLD", "HI", "PD")


def sentences(rng: random.Random, count: int) -> str:
    """So many plain sentences about a child at school."""
    parts = (OPENING, DOING, HOW, CLOSING)
    made = []
    for _ in range(count):
        opening, doing, how, closing = (rng.choice(p) for p in parts)
        made.append(f"{opening} the pupil {doing} {how}, {closing}.")
    return "\n".join(" ".join(made[i : i + 3]) for i in range(0, count, 3))


def _sessions(
    rng: random.Random, begin: date, items: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for item in items:
        for week in range(11):
            for day in (0, 2, 4):
                when = begin + timedelta(weeks=week, days=day)
                entry = {"date": when.isoformat(), "intervention": item["id"]}
                if rng.random() < 0.1:
                    entry |= {"missed": rng.choice(("pupil_absent", "staff_absent"))}
                else:
                    entry |= {"by": rng.choice(STAFF)}
                yield entry


def cycle(rng: random.Random, ids: Ids, begin: date, *, reviewed: bool) -> Any:
    """One cycle of a term: two outcomes, two interventions, sessions, a review."""
    end = begin + timedelta(weeks=12)
    outcomes = [
        {
            "id": ids("outcome"),
            "outcome": f"Reads {60 + 10 * n} common words on sight",
            "measure": "words of 100",
            "from": begin.isoformat(),
            "baseline": {"date": begin.isoformat(), "value": 20 + n},
            "target": {"by": end.isoformat(), "value": 60 + 10 * n},
        }
        for n in range(2)
    ]
    items = [
        {
            "id": ids("intervention"),
            "provision": rng.choice(PROVISIONS),
            "outcomes": [outcome["id"]],
            "tier": "targeted",
            "from": begin.isoformat(),
            "until": end.isoformat(),
            "dose": [
                {
                    "from": begin.isoformat(),
                    "minutes": 30,
                    "sessions_per_week": 3,
                    "group_size": 4,
                    "led_by": [rng.choice(STAFF)],
                }
            ],
        }
        for outcome in outcomes
    ]
    said = {"of": "parent", "date": begin.isoformat(), "text": sentences(rng, 2)}
    made: dict[str, Any] = {
        "id": ids("cycle"),
        "teacher": "KM",
        "assess": {
            "date": begin.isoformat(),
            "by": ["KM", "JP"],
            "teacher_assessment": sentences(rng, 9),
            "views": [said, said | {"of": "pupil"}],
        },
        "plan": {
            "date": begin.isoformat(),
            "review_by": end.isoformat(),
            "agreement": [
                {"who": "parent", "answer": "agreed", "date": begin.isoformat()}
            ],
            "strategies": [{"id": ids("strategy"), "text": sentences(rng, 1)}],
            "outcomes": outcomes,
            "interventions": items,
        },
        "do": {
            "sessions": list(_sessions(rng, begin, items)),
            "measurements": [
                {
                    "id": ids("measurement"),
                    "date": (begin + timedelta(weeks=6)).isoformat(),
                    "outcome": outcome["id"],
                    "value": rng.randint(25, 50),
                }
                for outcome in outcomes
            ],
        },
    }
    if reviewed:
        made["review"] = {
            "date": end.isoformat(),
            "attended": ["parent", "pupil", "KM"],
            "outcomes": [
                {"outcome": o["id"], "result": "achieved", "value": 61}
                for o in outcomes
            ],
            "interventions": [{"intervention": i["id"], "impact": 1} for i in items],
            "views": [said | {"date": end.isoformat(), "text": sentences(rng, 3)}],
            "decisions": ["continue"],
            "next_steps": sentences(rng, 3),
        }
        made["closed"] = {"date": end.isoformat(), "reason": "reviewed"}
    return made


def pupil(rng: random.Random, pupil_id: str, kilobytes: int) -> dict[str, Any]:
    """One record of about that size; small ones hold a single open cycle."""
    ids = Ids(rng, {"id": pupil_id})
    year = rng.randint(1, 6)
    need = {"id": ids("need"), "type": rng.choice(NEEDS), "rank": 1}
    record: dict[str, Any] = {
        "schema": 1,
        "id": pupil_id,
        "first_name": rng.choice(FIRST),
        "last_name": rng.choice(LAST),
        "date_of_birth": date(2021 - year, rng.randint(1, 8), 15).isoformat(),
        "placements": [{"year_group": str(year), "class": f"{year}{rng.choice('AB')}"}],
        "status": [{"from": "2023-09-11", "provision": rng.choice("KKKKE")}],
        "needs": [need | {"from": "2023-09-11", "description": sentences(rng, 2)}],
        "cycles": [],
    }
    begin = date(2026, 9, 14)
    record["cycles"].append(cycle(rng, ids, begin, reviewed=False))
    if kilobytes <= len("small"):
        del record["cycles"][0]["do"]["sessions"][18:]
        return record
    size = len(emit.dumps(record, "pupil"))
    while size < kilobytes * 1000:
        begin -= timedelta(weeks=14)
        record["cycles"].insert(0, cycle(rng, ids, begin, reviewed=True))
        size = len(emit.dumps(record, "pupil"))
    return record


def write(folder: Path, pupils: int, kilobytes: int, seed: int = 1) -> list[str]:
    """The files of a school in a folder; gives the pupils' ids.

    Forty records are drawn and then told apart by id and name: what is measured does
    not depend on more, and 20,000 are made in a minute.
    """
    rng = random.Random(seed)
    (folder / "pupils").mkdir(parents=True)
    (folder / ".sencli" / "schemas").mkdir(parents=True)
    for name in ("pupil", "school", "provisions", "groups"):
        text = schema_path(name).read_text("utf-8")
        (folder / ".sencli" / "schemas" / f"{name}.schema.json").write_text(text)
    for name, record in _school().items():
        (folder / f"{name}.yaml").write_text(emit.dumps(record, name))
    patterns = [
        emit.dumps(pupil(rng, "p0000", kilobytes), "pupil")
        for _ in range(min(pupils, 40))
    ]
    ids = Ids(rng)
    made = []
    for n in range(pupils):
        pupil_id = ids("pupil")
        text = patterns[n % len(patterns)].replace("id: p0000", f"id: {pupil_id}", 1)
        text = text.replace("first_name: ", f"first_name: {rng.choice(FIRST)}-", 1)
        (folder / "pupils" / f"{pupil_id}.yaml").write_text(text, "utf-8")
        made.append(pupil_id)
    return made


def _school() -> dict[str, Any]:
    staff = [
        {"initials": i, "name": f"Staff {i}", "roles": [{"role": i.rstrip("123")}]}
        for i in STAFF
    ]
    school = {
        "schema": 1,
        "name": "Bench Primary",
        "staff": staff,
        "rates": [{"role": "TA", "pence_per_hour": 1650}],
    }
    catalogue = {
        "schema": 1,
        "provisions": [
            {"key": key, "name": key.replace("-", " ").capitalize(), "tier": "targeted"}
            for key in PROVISIONS
        ],
    }
    return {"school": school, "provisions": catalogue, "groups": {"schema": 1}}


def commit(folder: Path) -> None:
    """Make the files a repository with one commit."""

    def git(*args: str) -> None:
        subprocess.run(["git", "-C", str(folder), *args], check=True)

    git("init", "-q", "-b", "main")
    git("config", "user.name", "J. Patel")
    git("config", "user.email", "senco@bench.example")
    git("config", "gc.auto", "0")
    git("add", "-A")
    git("commit", "-q", "-m", "A school to measure with")


def history(folder: Path, ids: list[str], commits: int, seed: int = 2) -> None:
    """Add so many small commits through one fast-import, then pack."""
    rng = random.Random(seed)
    texts = {
        i: (folder / "pupils" / f"{i}.yaml").read_bytes() for i in rng.sample(ids, 40)
    }
    begun = 1_700_000_000
    feed: list[bytes] = []
    for n in range(commits):
        name = rng.choice(sorted(texts))
        body = texts[name] = _corrected(texts[name], n)
        message = b"Log a session for %s\n\nPupil: %s\nAction: session.log\n" % (
            name.encode(),
            name.encode(),
        )
        feed.append(
            b"commit refs/heads/main\ncommitter J. Patel <senco@bench.example> "
            b"%d +0000\ndata %d\n%s\n"
            % (begun + 600 * n, len(message), message)
            + (b"from refs/heads/main^0\n" if n == 0 else b"")
            + b"M 100644 inline pupils/%s.yaml\ndata %d\n%s\n"
            % (name.encode(), len(body), body)
        )
    fast = ["git", "-C", str(folder), "fast-import", "--quiet", "--done"]
    subprocess.run(fast, input=b"".join(feed) + b"done\n", check=True)
    for args in (["repack", "-adq"], ["reset", "-q", "--hard"]):
        subprocess.run(["git", "-C", str(folder), *args], check=True)


def _corrected(text: bytes, number: int) -> bytes:
    """The record with one correction more, which stand at its end."""
    head = b"" if b"\ncorrections:\n" in text else b"corrections:\n"
    day = date(2023, 11, 14) + timedelta(minutes=10 * number)
    entry = b"- id: z%06d\n  date: %s\n  path: last_name\n  reason: Typed wrongly\n"
    return text + head + entry % (number, day.isoformat().encode())


def main() -> None:
    """Make one school."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pupils", type=int, default=300)
    parser.add_argument("--kilobytes", type=int, default=30)
    parser.add_argument("--commits", type=int, default=0)
    asked = parser.parse_args()
    ids = write(asked.folder, asked.pupils, asked.kilobytes)
    commit(asked.folder)
    if asked.commits:
        history(asked.folder, ids, asked.commits)
    size = sum(f.stat().st_size for f in (asked.folder / "pupils").iterdir())
    print(f"{asked.pupils} pupils of {size // asked.pupils // 1000} KB on average")


if __name__ == "__main__":
    main()
