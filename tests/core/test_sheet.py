"""A sheet to fill in asks only what its person needs, and is sealed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sencli.core.handover.answered import Way
from sencli.core.handover.answered import with_answers
from sencli.core.handover.answers import Answer
from sencli.core.handover.answers import Desk
from sencli.core.handover.answers import checked
from sencli.core.handover.sealed import digest_of
from sencli.core.handover.sheet import Audience
from sencli.core.handover.sheet import House
from sencli.core.handover.sheet import Order
from sencli.core.handover.sheet import items_asked
from sencli.core.handover.sheet import sheet_of
from sencli.core.people.context import Context
from sencli.value import replace

HOUSE = House(
    {
        "name": "Oak Primary",
        "staff": [
            {"initials": "TA1", "name": "Jo Marsh"},
            {"initials": "KM", "name": "Kit Moss"},
            {
                "initials": "XX",
                "name": "Al Gone",
                "roles": [{"role": "TA", "from": "2020-09-01", "until": "2021-07-20"}],
            },
        ],
    },
    {
        "provisions": [{"key": "precision-teaching", "name": "Precision teaching"}],
        "scales": [
            {"key": "steps", "kind": "ordinal", "values": ["not yet", "with prompt"]}
        ],
    },
    {"groups": [{"id": "q9ckk", "name": "HFW 1"}]},
)


def pupil(name: str, led_by: str, **more: Any) -> dict[str, Any]:
    """A pupil of 4B with a support on Mondays and Wednesdays, and two outcomes."""
    return {
        "id": f"p{name.lower()}",
        "first_name": name,
        "last_name": "Khan",
        "date_of_birth": "2017-03-14",
        "upn": "P999900024001",
        "needs": [{"id": "d5hy", "type": "SLCN", "rank": 1, "from": "2025-09-15"}],
        "placements": [{"from": "2026-09-01", "class": "4B", "year_group": "4"}],
        "cycles": [
            {
                "id": "y2qf",
                "teacher": "KM",
                "assess": {"date": "2026-09-10", "teacher_assessment": "Secret words"},
                "plan": {
                    "date": "2026-09-18",
                    "review_by": "2027-03-01",
                    "strategies": [{"id": "g7rn", "text": "Visual timetable"}],
                    "outcomes": [
                        {"id": "o8fd", "outcome": "Reads 60 words", "measure": "words"},
                        {"id": "o9fd", "outcome": "Asks for help", "scale": "steps"},
                        {"id": "o7fd", "outcome": "Kept back", "restricted": True},
                    ],
                    "interventions": [
                        {
                            "id": "i5tr",
                            "provision": "precision-teaching",
                            "group": "q9ckk",
                            "outcomes": ["o8fd", "o7fd"],
                            "from": "2026-09-21",
                            "dose": [{"days": ["mon", "wed"], "led_by": [led_by]}],
                        }
                    ],
                },
                "do": {"sessions": [{"date": "2026-11-30", "intervention": "i5tr"}]},
                **more,
            }
        ],
    }


def made(kind: str, key: str, *kinds: str, **more: Any) -> dict[str, Any]:
    """The sheet of a week for two pupils, one of them TA1's."""
    records = [pupil("Zoe", "TA2"), pupil("Amy", "TA1", **more)]
    asked = Order(
        Audience(kind, key, key),
        *("2026-11-30", "2026-12-04", "2026-12-01", "2026-12-18"),
        kinds,
    )
    return sheet_of(asked, records, HOUSE, "j7k2m9pq")


def test_a_person_is_asked_of_what_they_lead_alone() -> None:
    sheet = made("person", "TA1")
    assert sheet["pupils"] == [{"id": "pamy", "name": "Amy Khan"}]
    assert [q["id"] for q in sheet["questions"]] == [
        *("sessions-pamy-i5tr", "measure-pamy-o8fd", "helped-pamy-i5tr", "concern")
    ]
    assert sheet["staff"] == [{"initials": "TA1", "name": "Jo Marsh"}]
    first = sheet["questions"][0]
    assert first["about"] == "Precision teaching (HFW 1)"
    assert first["days"] == ["2026-12-02"], "Monday has its entry, Friday is no day"
    assert items_asked(sheet, "pamy") == ["i5tr", "o8fd"]
    text = json.dumps(sheet)
    for kept in ("2017-03-14", "P9999", "SLCN", "Secret", "Kept back", "Zoe", "Gone"):
        assert kept not in text, kept


def test_who_is_in_the_class_is_as_on_the_day_that_is_nearest_to_today() -> None:
    """On the Monday before term the pupils of last year were in the class."""
    old = {"from": "2025-09-01", "class": "5A", "year_group": "3"}
    joined = pupil("Amy", "TA1")
    moved = [old, *joined["placements"]]
    new = {**pupil("Zoe", "TA1"), "roll": [{"from": "2026-09-01"}]}
    week = ("2026-08-31", "2026-09-04")
    for day, class_, there in (
        ("2026-09-02", "4B", ["pamy", "pzoe"]),
        ("2026-09-02", "5A", []),
        ("2026-08-31", "5A", ["pamy"]),
        ("2026-12-01", "4B", ["pamy", "pzoe"]),
    ):
        asked = Order(
            Audience("class", class_, class_), *week, day, "2026-12-18", ("helped",)
        )
        sheet = sheet_of(asked, [{**joined, "placements": moved}, new], HOUSE, "j7k2m9")
        assert [one["id"] for one in sheet["pupils"]] == there, (day, class_)


def test_a_teacher_a_class_and_a_group() -> None:
    whole = [q["id"] for q in made("person", "KM")["questions"]]
    assert "helped-pamy-g7rn" in whole
    assert "measure-pzoe-o9fd" in whole
    assert not any(one.startswith("sessions") for one in whole)
    class_ = made("class", "4b")
    assert [one["name"] for one in class_["pupils"]] == ["Amy Khan", "Zoe Khan"]
    scales = {q["id"]: q for q in class_["questions"] if q["kind"] == "measure"}
    assert scales["measure-pamy-o9fd"]["choices"][1]["value"] == "with prompt"
    assert scales["measure-pamy-o8fd"]["unit"] == "words"
    group = made("group", "q9ckk", "sessions")
    assert [q["kind"] for q in group["questions"]] == ["sessions", "sessions"]
    assert made("class", "5A")["questions"] == []
    role = {"role": "teacher", "class": "4B", "from": "2026-09-01"}
    HOUSE.school["staff"].append({"initials": "CT", "name": "C. T", "roles": [role]})
    taught = made("person", "CT", "views")
    assert taught["pupils"] == [], "the cycles name another teacher"
    assert len(made("person", "CT", "views", teacher="")["pupils"]) == 1
    HOUSE.school["staff"].pop()


def test_views_are_asked_for_when_they_are_near_or_named() -> None:
    named = made("person", "KM", "views")["questions"]
    assert [q["item"] for q in named] == ["giver", "pupil", "giver", "pupil"]
    assert "for the review" in named[0]["about"]
    before = made("person", "KM", plan={}, assess={"date": "2026-11-20"}, do={})
    about = [q["about"] for q in before["questions"] if q["kind"] == "views"]
    assert "for the assessment" in about[0]
    counted = {"tallies": [{"week": "2026-11-30", "intervention": "i5tr"}]}
    ids = [q["kind"] for q in made("person", "TA1", do=counted)["questions"]]
    assert "sessions" not in ids, "a week that is counted is not ticked too"


def test_the_seal_is_the_sha_256_of_the_rest_as_a_browser_writes_it() -> None:
    sheet = made("class", "4B")
    rest = {name: value for name, value in sheet.items() if name != "seal"}
    text = json.dumps(
        rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8")
    assert sheet["seal"] == hashlib.sha256(text).hexdigest()
    assert digest_of({"a": "É\u2028\n\x1f", "seal": 1}, "seal") == (
        hashlib.sha256('{"a":"É\u2028\\n\\u001f"}'.encode()).hexdigest()
    )


def test_what_comes_back_of_who_was_erased_is_left_out() -> None:
    sheet = made("class", "4B")
    amy = pupil("Amy", "TA1")
    kept = {"from": sheet["from"], "until": sheet["to"], "due": sheet["expires"]}
    kept |= {"id": sheet["sheet"], "seal": sheet["seal"], "covers": ["i5tr", "giver"]}
    amy["issued"] = [{"document": "sheet", "date": "2026-12-01", "sheet": kept}]
    file: dict[str, Any] = {
        "form": "sencli answers",
        "version": 1,
        **{name: sheet[name] for name in ("sheet", "seal", "school")},
        "given_by": "TA1",
        "given_on": "2026-12-03",
        "signed_off": True,
        "answers": [
            {"question": "views-pamy-giver", "text": "Well"},
            {"question": "views-pzoe-giver", "text": "Well"},
            {"question": "concern", "pupil": "pzoe", "text": "Tired"},
        ],
    }
    file["digest"] = digest_of(file, "digest")
    desk = Desk({"pamy": amy}, HOUSE.school, "2026-12-04")
    given = checked(file, desk)
    assert ([a.pupil for a in given.answers], given.gone) == (["pamy"], 2)
    # the same words on another day are no second view
    way = Way(lambda _: Context("2026-12-04", lambda kind: kind), str)
    after, _ = with_answers({"pamy": amy}, [given], way)
    again = replace(given, day="2026-12-04")
    changed, lines = with_answers(after, [again], way)
    assert (changed, [line.state for line in lines]) == ({}, ["same"])
    amy["roll"] = [{"from": "2020-09-01", "until": "2026-11-30"}]
    late = Answer("sessions", "pamy", "i5tr", "2026-12-02", "given")
    _, lines = with_answers({"pamy": amy}, [replace(given, answers=(late,))], way)
    assert lines[0].there == "the pupil was not on roll on that day"
