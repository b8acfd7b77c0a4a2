"""The figures of the fictional school, counted again by another program."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests import recount_map
from tests.conftest import Typed
from tests.recount import School

DAYS = ("2026-11-22", "2026-11-18", "2026-03-12", "2025-07-01")
"""A Sunday, a Wednesday, and days of the two years before."""


def year_of(day: str) -> tuple[str, str]:
    first = int(day[:4]) - (day[5:] < "09-01")
    return f"{first}-09-01", f"{first + 1}-08-31"


@pytest.fixture(params=DAYS)
def day(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SENCLI_TODAY", str(request.param))
    return str(request.param)


@pytest.fixture
def counted(demo: Path, day: str) -> School:
    return School(demo, day, year_of(day))


def printed(folder: Path, line: str) -> Any:
    return json.loads(Typed(folder)(f"{line} --format json").out)


def test_the_map(demo: Path, day: str, counted: School) -> None:
    made = printed(demo, "map")
    mine = {
        (pupil["id"], item["id"]): counted.planned(cycle, item, "", "9999")
        for pupil, cycle, item in counted.shown(day, day)
    }
    rows = {(r["pupil"], r["intervention"]): r for r in made["rows"]}
    assert {key: row["cost_pence"] for key, row in rows.items()} == mine
    assert mine
    assert made["total_pence"] == sum(cost or 0 for cost in mine.values())
    for pupil, cycle, item in counted.shown(day, day):
        row = rows[pupil["id"], item["id"]]
        given, missed = counted.log(cycle, item, "", day)
        assert row["missed"] == missed
        assert (row["delivered"] or 0) == sum(times for _, times, _ in given)
        due = counted.due(cycle, item, "", day)
        assert row["sessions_due"] == pytest.approx(float(due))
        assert row["to_date_pence"] == counted.to_date(cycle, item, "", day)


def test_the_map_by_wave_and_area(demo: Path, day: str, counted: School) -> None:
    made = printed(demo, "map")
    seen, mine = made["overview"], recount_map.by_place(counted)
    rated, good = recount_map.ratings(counted)
    found = {}
    for cell in seen["cells"]:
        place = (cell["tier"], cell["area"], cell["provision"])
        assert (cell["rated"], cell["as_expected"]) == (rated[place], good[place])
        if cell["interventions"]:
            found[place] = told(cell)
    found |= {(w["tier"], "", ""): told(w) for w in seen["waves"] if w["pupils"]}
    found |= {("", a["area"], ""): told(a) for a in seen["areas"] if a["pupils"]}
    assert found == {place: sums.told for place, sums in mine.items()}
    for count, total in (("rated", rated), ("as_expected", good)):
        assert sum(wave[count] for wave in seen["waves"]) == total.total()
    rows = {(r["pupil"], r["intervention"]): r for r in made["rows"]}
    so_far: Counter[str] = Counter()
    for row in made["rows"]:
        extra = 0 if row["tier"] == "universal" else row["cost_pence"] or 0
        so_far[row["pupil"]] += extra
        assert row["running_total_pence"] == so_far[row["pupil"]]
    names = {s["initials"]: s["name"] for s in counted.school["staff"]}
    for pupil, cycle, item in counted.shown(day, day):
        row = rows[pupil["id"], item["id"]]
        by = counted.dose(item, day).get("led_by", ())
        assert row["leaders"] == [names[one] for one in by]
        aims = [tuple(a[k] for k in ("entry", "now", "target")) for a in row["aims"]]
        counts = recount_map.moved(cycle, item, day)
        assert [[v is not None for v in aim] for aim in aims] == [
            [v is not None for v in values] for values in counts
        ]
        for aim, values in zip(aims, counts, strict=True):
            for said, value in zip(aim, values, strict=True):
                assert not isinstance(value, int) or said.split(" ")[0] == str(value)


def told(sums: Any) -> tuple[Any, ...]:
    keys = ("pupils", "interventions", "hours", "adult_hours", "cost_pence")
    return tuple(sums[key] for key in keys)


def test_the_progress_of_a_case(demo: Path, day: str, counted: School) -> None:
    for pupil in counted.pupils[::8]:
        view = printed(demo, f"print case {pupil['id']}")
        tables = [block for block in view["blocks"] if block["type"] == "table"]
        rows = [row for table in tables for row in table["rows"] if "help" in row]
        helps = "\n".join(row["help"] for row in rows)
        mine, costs = [], []
        for whose, cycle, item in counted.supports():
            if whose is not pupil:
                continue
            costs.append(counted.planned(cycle, item, "", "9999") or 0)
            if cycle["plan"]["date"] <= day:
                given, missed = counted.log(cycle, item, "", day)
                due = int(counted.due(cycle, item, "", day) + Fraction(1, 2))
                done = sum(times for _, times, _ in given)
                if due:
                    known = f"{done} of {due}"
                    mine.append(known if given or missed else "none recorded")
        told = re.findall(r": (\d+ of \d+|none recorded)$", helps, re.MULTILINE)
        assert sorted(told) == sorted(mine)
        known = [row["cost"] for row in rows if type(row["cost"]) is int]
        assert sum(known) == sum(costs)


def test_delivery(demo: Path, counted: School) -> None:
    *groups, whole = printed(demo, "print delivery")["groups"]
    mine = counted.by_provision()
    names = {counted.provisions[key]["name"]: row for key, row in mine.items()}
    assert {group["name"] for group in groups} == {*names}
    for group in groups:
        row = names[group["name"]]
        assert group["pupils"] == len(row["pupils"])
        assert group["sessions_due"] == pytest.approx(float(row["due"]))
        assert group["delivered"] == row["delivered"]
        assert group["missed"] == row["missed"]
        assert group["not_costed"] == row["planned"].count(None)
        assert (group["cost_pence"] or 0) == sum(p or 0 for p in row["planned"])
        assert (group["to_date_pence"] or 0) == sum(p or 0 for p in row["spent"])
    assert whole["delivered"] == sum(row["delivered"] for row in mine.values())


def test_impact(demo: Path, counted: School) -> None:
    rows = printed(demo, "print impact")["provisions"]
    mine = counted.by_provision()
    assert {row["provision"] for row in rows} == {*mine}
    costs = [row["spent_pence"] or 0 for row in rows]
    assert costs == sorted(costs, reverse=True)
    for row in rows:
        moved = counted.changes(row["provision"])
        told = row["change"]
        assert bool(told) == bool(moved)
        if told:
            pairs = moved[told["measure"]]
            assert len(pairs) == told["outcomes"] == max(map(len, moved.values()))
            assert told["outcomes"] + told["others"] == sum(map(len, moved.values()))
            assert told["change"] == median(last - first for first, last in pairs)
        own = mine[row["provision"]]
        results = list(own["results"].values())
        assert row["pupils"] == len(own["pupils"])
        assert row["sessions_due"] == pytest.approx(float(own["due"]))
        assert (row["delivered"] or 0) == own["delivered"]
        assert row["rated"] == sum(own["ratings"].values())
        assert {n: row[f"impact_{n}"] for n in own["ratings"]} == own["ratings"]
        assert row["results"] == {r: results.count(r) for r in {*results}}
        assert (row["cost_pence"] or 0) == sum(p or 0 for p in own["planned"])
        assert (row["spent_pence"] or 0) == sum(p or 0 for p in own["spent"])
        assert row["cost_an_outcome_pence"] == counted.for_each(own)


@pytest.fixture
def open_school(demo: Path, tmp_path: Path) -> Path:
    """The school with nothing withheld, so that every figure is there to compare."""
    home = tmp_path / "oakfield"
    shutil.copytree(demo, home, symlinks=True)
    Typed(home)("school set settings.small_number=0")
    return home


@pytest.mark.parametrize("withheld", [True, False])
def test_what_governors_publish(
    demo: Path, open_school: Path, day: str, counted: School, *, withheld: bool
) -> None:
    made = printed(demo if withheld else open_school, "print governors --public")
    hidden = {None} if withheld else set()
    at = last_day(counted, day)
    status = counted.register(at)
    assert made["pupils"] in {*hidden, status["K"] + status["E"]}
    assert made["support"] in {*hidden, status["K"]}
    assert made["plan"] in {*hidden, status["E"]}
    mine = counted.outcomes(at)
    keys = list(made["outcomes"])
    for key, count in zip(keys, mine, strict=False):
        assert made["outcomes"][key] in {*hidden, count}
    shown = {row["provision"]: row for row in made["provisions"] if row["provision"]}
    own = counted.by_provision()
    assert withheld or {*shown} == {*own}
    for key, row in shown.items():
        assert row["pupils"] == len(own[key]["pupils"])
        assert row["sessions_due"] == pytest.approx(float(own[key]["due"]))
        assert (row["cost_pence"] or 0) == sum(p or 0 for p in own[key]["planned"])
        if row["achieved"] is not None:
            assert row["cost_an_outcome_pence"] == counted.for_each(own[key])


def test_the_governing_body(demo: Path, day: str, counted: School) -> None:
    made = printed(demo, "print governors")
    at = last_day(counted, day)
    status = counted.register(at)
    assert (made["support"], made["plan"]) == (status["K"], status["E"])
    assert made["pupils"] == status["K"] + status["E"]
    assert [*made["outcomes"].values()][:3] == [*counted.outcomes(at)]
    for entry in made["trend"]:
        assert entry["pupils"] == len(counted.on_register(entry["day"]))
    year = int(at[:4])
    assert not made["trend"] or made["trend"][0]["day"] == f"{year - 1}{at[4:]}"
    assert made["trend"] or not counted.on_register(f"{year - 1}{at[4:]}")
    before = counted.year_before()
    assert [*made["year_before"]["outcomes"].values()][:3] == [*before]
    areas, stages = counted.areas(at), counted.key_stages(at)
    assert {a: n for a, n in made["areas"].items() if n} == areas
    assert made["key_stages"] == stages
    groups = {
        row["by"]: row["pupils"] for row in made["patterns"] if row["by"] != "sex"
    }
    for flag in ("pupil_premium", "looked_after", "eal"):
        count = counted.flagged(flag, at)
        assert groups[flag] == ("<5" if 0 < count < 5 else count)
    assert made["above_element_2"] == counted.above(600_000)
    own = counted.by_provision()
    rows = {row["provision"]: row for row in made["provisions"]}
    assert {*rows} == {*own}
    for key, row in rows.items():
        assert row["pupils"] == len(own[key]["pupils"])
        assert row["sessions_due"] == pytest.approx(float(own[key]["due"]))
        assert (row["cost_pence"] or 0) == sum(p or 0 for p in own[key]["planned"])
        assert (row["spent_pence"] or 0) == sum(p or 0 for p in own[key]["spent"])
        assert row["pupils"] >= 5 or row["impact"] in {
            "too few to judge",
            "not judged yet",
        }
    assert made["cost_pence"] == sum(row["cost_pence"] or 0 for row in rows.values())
    assert made["spent_pence"] == sum(row["spent_pence"] or 0 for row in rows.values())


def test_few_figures_of_a_small_school_are_hidden(demo: Path, day: str) -> None:
    shown = Typed(demo)("print governors").out
    hidden = re.findall(r"<\d|withheld", shown)
    assert len(hidden) <= 0.05 * len(re.findall(r"\d[\d,.]*", shown)), day
    values = list(leaves(printed(demo, "print governors")))
    kept_back = [value for value in values if value is None or value == "<5"]
    figures = [value for value in values if isinstance(value, int | float)]
    assert len(kept_back) <= 0.05 * (len(figures) + len(kept_back))


def leaves(data: Any) -> Iterator[Any]:
    """Every value in the data, by itself."""
    if isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from leaves(inner)
    else:
        yield data


def last_day(counted: School, day: str) -> str:
    ends = [str(term["end"]) for term in counted.school["terms"]]
    first, last = year_of(day)
    return min(day, max(end for end in ends if first <= end <= last))


def test_the_annual_review_report(demo: Path, day: str, counted: School) -> None:
    looked = 0
    for pupil in counted.pupils:
        plans = [p for p in pupil.get("ehc", {}).get("plans", ()) if p["issued"] <= day]
        if not plans or not counted.on_roll(pupil, day):
            continue
        line = f"print annual-review {pupil['id']} --part report --to authority"
        made = printed(demo, f"{line} --as-at {day}")
        since, until = made["from"], made["until"]
        mine: dict[str, Any] = {}
        for whose, cycle, item in counted.shown(since, until):
            if whose is not pupil:
                continue
            given, missed = counted.log(cycle, item, since, until)
            mine[item["id"]] = (
                counted.planned(cycle, item, since, until),
                counted.to_date(cycle, item, since, until),
                sum(times for _, times, _ in given),
                missed,
            )
        rows = [row for part in made["provision"] for row in part["rows"]]
        assert {
            row["intervention"]: (
                row["planned_pence"],
                row["to_date_pence"],
                row["delivered"] or 0,
                row["missed"],
            )
            for row in rows
        } == mine
        assert len(rows) == len(mine)
        looked += len(mine)
    assert looked or day < "2026"


def test_the_costs_of_the_evidence_for_a_request(demo: Path, counted: School) -> None:
    looked = 0
    for pupil in counted.pupils:
        if pupil.get("ehc", {}).get("plans") or not counted.on_roll(pupil, counted.day):
            continue
        line = f"print ehc-evidence {pupil['id']} --part evidence --as-at {counted.day}"
        made = printed(demo, line)
        since, until = made["from"], made["until"]
        mine = [
            counted.planned(cycle, item, since, until) or 0
            for whose, cycle, item in counted.shown(since, until)
            if whose is pupil and "within" not in item
            if (item.get("tier") or counted.provisions[item["provision"]].get("tier"))
            != "universal"
        ]
        rows = made["provision"]
        # each stretch of weeks is rounded once, so that it can be worked out by hand
        assert abs(made["total_pence"] - sum(mine)) <= len(rows)
        assert made["above_pence"] == max(0, made["total_pence"] - 600_000)
        running = 0
        for row in rows:
            running += row["cost_pence"] or 0
            assert row["running_total_pence"] == running
            if row["minutes_per_week"] is None or row["cost_pence"] is None:
                continue
            hours = Fraction(str(row["minutes_per_week"])) / 60 * row["weeks"]
            cost = hours * Fraction(str(row["pence_per_hour"])) / row["group_size"]
            assert abs(cost - row["cost_pence"]) <= Fraction(1, 2)
        looked += len(rows)
    assert looked
