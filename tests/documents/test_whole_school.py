"""Documents about the whole school: what they say, and what they must never say."""

from __future__ import annotations

import copy
import json
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.papers import class_map as core_class_map
from sencli.core.provision import timetable as core_timetable
from sencli.core.reports import impact as core_impact
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.school import census
from sencli.documents.school import class_map
from sencli.documents.school import delivery
from sencli.documents.school import governors
from sencli.documents.school import governors_public
from sencli.documents.school import impact
from sencli.documents.school import inclusion_strategy
from sencli.documents.school import information_report
from sencli.documents.school import timetable
from sencli.documents.view import Table
from sencli.formats import render
from sencli.value import replace
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import setting
from tests.formats.pdf_text import page_texts

EVERYBODY = [AMELIA, BEN, CHLOE]
YEAR = ("2025-09-01", "2026-08-31")
MODULES = (
    *(impact, timetable, class_map, census, governors, information_report),
    *(delivery, inclusion_strategy, governors_public),
)


def pupil(number, impact=1, result="achieved", **more):
    """Another pupil with a cycle like Amelia's."""
    record = copy.deepcopy(AMELIA)
    record |= {"id": f"p{number:04d}", "last_name": f"Surname{number}", **more}
    review = record["cycles"][0]["review"]
    review["outcomes"][0]["result"] = result
    review["interventions"][0]["impact"] = impact
    return record


def text(module, records=EVERYBODY, day="2025-12-15", fmt="text"):
    return render(module.build(records, setting(day)), fmt).decode()


@pytest.mark.parametrize("module", MODULES)
def test_snapshots(module):
    name = module.__name__.rpartition(".")[2]
    day = "2025-12-01" if module in {timetable, class_map} else "2025-12-15"
    snapshot.check(f"{name}.txt", *module.build(EVERYBODY, setting(day)))


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("fmt", ["text", "html", "json", "csv", "md"])
def test_an_empty_school_has_every_document(module, fmt):
    if module in {information_report, inclusion_strategy} and fmt == "csv":
        return
    assert text(module, [], fmt=fmt)


@pytest.mark.parametrize("module", MODULES)
def test_every_document_has_its_day_and_a_fingerprint(module):
    for view in module.build(EVERYBODY, setting()):
        assert view.day == "2025-12-15"
        assert view.fingerprint


def test_impact_says_that_few_are_few():
    few = text(impact, [pupil(n) for n in range(4)])
    assert "n = 4: too few to say of Precision teaching." in few
    many = text(impact, [pupil(n, impact=n % 2) for n in range(6)])
    assert "too few" not in many
    squares = next(line for line in many.splitlines() if line.startswith("Precision"))
    assert squares.split("%")[1].split()[4:9] == ["0", "0", "3", "3", "0"]


@given(st.lists(st.integers(-2, 2), max_size=7), st.data())
@settings(deadline=None, max_examples=25)
def test_the_distribution_adds_up(marks, data):
    results = data.draw(
        st.lists(
            st.sampled_from(["exceeded", "achieved", "not_achieved", "not_measured"]),
            min_size=len(marks),
            max_size=len(marks),
        )
    )
    records = [
        pupil(n, mark, result)
        for n, (mark, result) in enumerate(zip(marks, results, strict=True))
    ]
    made, withheld = core_impact.impacts(records, setting(), "2026-01-10", YEAR)
    assert withheld == 0
    for one in made:
        assert sum(one.ratings.values()) == one.rated == len(marks) == one.pupils
        assert sum(one.results.values()) == len(marks)
        assert one.achieved <= one.judged <= len(marks)
        assert one.better + one.same + one.worse == len(marks)
        cost = one.for_outcomes
        assert cost.interventions == one.judged
        assert cost.achieved == one.achieved
        if one.judged < 3:
            assert cost.each is None
            assert cost.why_not in {"too few to say", "not judged yet"}
        elif one.achieved:
            exact = (one.spent or 0) * one.judged / len(marks) / one.achieved
            assert abs((cost.each or 0) - exact) <= 0.5
        else:
            assert cost.why_not == "none achieved"
    whole = core_impact.impacts(records, setting(), "2026-01-10", YEAR, 5)[0]
    assert all(one.pupils >= 5 for one in whole)


def test_restricted_support_counts_nowhere():
    record = pupil(1)
    record["cycles"][0]["plan"]["interventions"][0]["restricted"] = True
    for module in (impact, delivery, governors, timetable):
        assert "Precision" not in text(module, [record])
    assert "1 intervention is restricted" in text(impact, [record])


def class_page(day="2025-12-01", **strategy):
    record = copy.deepcopy(AMELIA)
    del record["cycles"][0]["review"], record["cycles"][0]["closed"]
    marked = {"id": "g7rn", "share": "class", **strategy}
    record["cycles"][0]["plan"]["strategies"] = [marked]
    return text(class_map, [record], day)


def test_a_class_page_has_no_family_name_no_cost_and_no_diagnosis():
    shown = class_page(text="Visual timetable that the Khan family has too")
    assert "Millie K." in shown
    assert "Khan" not in shown
    assert "£" not in shown
    for word in ("Breaks, because of her autism", "ADHD breaks", "SLCN cards"):
        shown = class_page(text=word)
        assert word not in shown
        assert "There is more in the pupils' plans." in shown
    assert "Hidden" not in class_page(text="Hidden", restricted=True)
    assert "Ended" not in class_page(text="Ended", until="2025-10-01")


def left_off(record, others=()):
    (view,) = class_map.build([record, *others], setting("2025-12-01"))
    shown = render([view], "text").decode()
    return shown, " ".join(f"{a.message} {a.command}" for a in view.asides)


def with_strategies(*strategies, **more):
    record = copy.deepcopy(AMELIA) | more
    del record["cycles"][0]["review"], record["cycles"][0]["closed"]
    record["cycles"][0]["plan"]["strategies"] = [
        {"id": f"g{n}", **strategy} for n, strategy in enumerate(strategies)
    ]
    return record


@pytest.mark.parametrize(
    "text",
    ["Self-harm: keep scissors away", "Mother in prison", "Needs a break at ten"],
)
def test_what_is_not_marked_is_on_no_class_page_whatever_it_says(text):
    record = with_strategies({"text": text})
    record["adjustments"] = [{"id": "x1", "text": f"Also: {text}"}]
    shown, said = left_off(record)
    assert text not in shown
    assert said.count(f"“{text}” is not marked for the page.") == 1
    assert f"“Also: {text}” is not marked" in said
    assert 'sen pupil set p7k2q "cycles[y2qf].plan.strategies[g0].share=class"' in said
    assert 'sen pupil set p7k2q "adjustments[x1].share=class"' in said


def test_what_is_marked_is_on_the_class_page_and_it_is_for_staff_only():
    record = with_strategies({"text": "Sits at the front", "share": "class"})
    record["adjustments"] = [{"id": "x1", "text": "Large print", "share": "class"}]
    shown, said = left_off(record)
    assert "Sits at the front" in shown
    assert "Large print" in shown
    assert shown.count("STAFF ONLY, not for display") == 2
    assert not said


def test_a_class_page_names_no_other_child_though_it_is_marked():
    record = with_strategies({"text": "Sits beside Tyrell", "share": "class"})
    tyrell = {"id": "pother", "first_name": "Tyrell", "last_name": "Adams"}
    shown, said = left_off(record, [tyrell])
    assert "Tyrell" not in shown
    assert "names another child (Tyrell)" in said


def test_a_pupil_of_whom_nothing_is_marked_is_not_on_the_class_page():
    record = with_strategies({"text": "Mother in prison"})
    record["cycles"][0]["plan"]["interventions"] = []
    shown, said = left_off(record)
    assert "Millie" not in shown
    assert "Millie K.: “Mother in prison” is not marked" in said


def test_support_goes_by_its_name_only_where_the_catalogue_marks_it():
    record = copy.deepcopy(AMELIA)
    item = record["cycles"][0]["plan"]["interventions"][0]
    item["provision"] = "time-to-talk"
    shown, said = left_off(record)
    assert "Time to Talk" not in shown
    assert "Extra support: " in shown
    assert "sen provision set time-to-talk --share class" in said


def named(*names):
    """Pupils of one class with these first and last names."""
    made = [pupil(n, first_name=a, last_name=b) for n, (a, b) in enumerate(names)]
    for record in made:
        record.pop("known_as")
    return made


def test_on_a_class_page_two_of_one_name_are_told_apart():
    records = named(("Noah", "White"), ("Noah", "Whittaker"), ("Noah", "Reed"))
    records += named(("Amy", "Li"), ("Amy", "Li"), ("Ben", ""), ("Ben", ""))
    for number, record in enumerate(records):
        record["id"] = f"p{number}"
    records[4]["date_of_birth"] = "2017-01-02"
    names = core_class_map.short_names(records)
    assert [*names.values()] == [
        *("Noah White", "Noah Whitt.", "Noah R."),
        *("Amy Li (born 14 March 2017)", "Amy Li (born 2 January 2017)"),
        *("Ben (born 14 March 2017) (p5)", "Ben (born 14 March 2017) (p6)"),
    ]


def test_a_class_page_says_what_is_for_everybody_where_that_is_marked():
    around = setting("2025-12-03")
    marked = {"key": "a", "name": "Word banks", "tier": "universal", "share": "class"}
    more = [
        marked,
        {**marked, "key": "b", "name": "Calm corner", "share": None},
        {**marked, "key": "c", "name": "Sound field", "from": "2026-01-05"},
        {**marked, "key": "d", "name": "Daily reader", "retired": "2025-09-01"},
    ]
    offered = {"provisions": [*around.provisions["provisions"], *more]}
    (view,) = class_map.build(
        named(("Noah", "White")), replace(around, provisions=offered)
    )
    shown = render([view], "text").decode()
    assert "For everybody: Word banks\n" in shown
    assert view.data["for_everybody"] == ["Word banks"]


def test_a_class_page_is_a_week_with_who_and_when():
    (record,) = named(("Noah", "White"))
    (cycle,) = record["cycles"]
    (item,) = cycle["plan"]["interventions"]
    item["dose"][0] |= {"days": ["mon", "thu"], "time": "09:30", "led_by": ["KM"]}
    other = copy.deepcopy(item) | {"id": "izzz", "provision": "talking-group"}
    other["dose"][0] = {"from": "2025-09-22", "sessions_per_week": 2, "minutes": 20}
    cycle["plan"]["interventions"].append(other)
    (view,) = class_map.build([record], setting("2025-12-03"))
    table = view.blocks[1]
    keys = [column.key for column in table.columns]
    row = dict(zip(keys, table.rows[0], strict=True))
    assert (row["mon"], row["tue"], row["thu"]) == ("09:30 P", "", "09:30 P")
    assert row["no_day"] == "2 a week E"
    shown = render([view], "text").decode()
    assert "week of 1 December 2025 · STAFF ONLY, not for display" in shown
    assert "P = Precision teaching: 30 min, K. Morris" in shown
    assert "E = Extra support: 20 min" in shown
    assert view.data["pupils"][0]["week"][0] == {
        "day": "mon",
        "time": "09:30",
        "often": None,
        "what": "Precision teaching: 30 min, K. Morris",
    }


def test_the_timetable_puts_those_together_who_are():
    def timed(number, **dose):
        record = pupil(number)
        item = record["cycles"][0]["plan"]["interventions"][0]
        item["dose"][0] |= {"days": ["mon", "wed"], "time": "09:30", **dose}
        return record

    records = [timed(1), timed(2), timed(3, time="09:45")]
    around = setting()
    slots = core_timetable.slots(records, around, "2025-12-01")
    assert [(s.day, s.time, len(s.pupils)) for s in slots] == [
        *(("mon", "09:30", 2), ("mon", "09:45", 1)),
        *(("wed", "09:30", 2), ("wed", "09:45", 1)),
    ]
    assert len(core_timetable.clashes(slots)) == 2
    shown = text(timetable, records, "2025-12-01")
    assert "In two places at once:" in shown
    assert "B. Ali, Monday and Wednesday: Precision teaching at 09:30" in shown
    # a pupil cannot be in two places either, whoever leads it
    (cycle,) = records[0]["cycles"]
    (item,) = cycle["plan"]["interventions"]
    other = copy.deepcopy(item) | {"id": "izzz", "provision": "other-help"}
    other["dose"][0] |= {"led_by": ["KM"], "time": "09:40"}
    cycle["plan"]["interventions"].append(other)
    shown = text(timetable, records[:2], "2025-12-01")
    assert "B. Ali" not in shown.partition("B. Ali\n")[0]
    assert "and Other help at 09:40" in shown


def test_on_paper_the_timetable_is_a_grid_of_times_and_people():
    def timed(number, **dose):
        record = pupil(number)
        item = record["cycles"][0]["plan"]["interventions"][0]
        item["dose"][0] |= {"days": ["mon", "tue", "wed"], "time": "09:30", **dose}
        return record

    records = [timed(1), timed(2, led_by=["KM"], time="11:00", days=["mon", "thu"])]
    records += [timed(3, led_by=["KM"], days=[], time="")]

    def grid(**wanted):
        request = SchoolRequest(shape="wide", **wanted)
        (view,) = timetable.build(records, setting("2025-12-01"), request)
        (table,) = (block for block in view.blocks if isinstance(block, Table))
        assert min(view.sheet.type) >= 8.5
        return [column.title for column in table.columns], table.rows

    titles, rows = grid()
    assert titles == ["Time", "K. Morris", "B. Ali"]
    assert rows == (
        (
            "09:30",
            "",
            "Mon to Wed: Precision teaching (HFW 1), 30 min: Millie Surname1 (4B)",
        ),
        (
            "11:00",
            "Mon Thu: Precision teaching (HFW 1), 30 min: Millie Surname2 (4B)",
            "",
        ),
        (
            "No time yet",
            "Precision teaching (HFW 1), 3 a week, 30 min: Millie Surname3 (4B)",
            "",
        ),
    )
    titles, rows = grid(staff="KM")
    assert titles[:3] == ["Time", "Monday", "Tuesday"]
    assert [bool(cell) for cell in rows[0]] == [
        True,
        True,
        False,
        False,
        True,
        *2 * [False],
    ]


def test_in_the_timetable_two_of_one_name_are_told_apart():
    records = [pupil(n, last_name="Khan") for n in (1, 2)]
    records[1]["date_of_birth"] = "2017-01-02"
    slots = core_timetable.slots(records, setting(), "2025-12-01")
    assert sorted(name for slot in slots for name in slot.pupils) == [
        "Millie Khan (4B) (born 14 March 2017)",
        "Millie Khan (4B) (born 2 January 2017)",
    ]


def test_the_census_tells_its_faults_first():
    wrong = copy.deepcopy(AMELIA)
    wrong["needs"] = [{"id": "d5hy", "type": "SLCN", "rank": 2, "from": "2025-09-15"}]
    shown = text(census, [wrong, CHLOE])
    assert shown.index("K5") < shown.index("What is returned")
    made = json.loads(text(census, [AMELIA], fmt="json"))["pupils"][0]
    assert (made["first"], made["second"], made["provision"]) == ("SLCN", "SPLD", "K")


def test_governors_read_no_name_and_no_small_number():
    records = [pupil(n, first_name=f"Given{n}") for n in range(7)]
    records += [pupil(n, first_name=f"Given{n}", sex="male") for n in range(7, 10)]
    for fmt in ("text", "html", "json", "csv", "md"):
        shown = text(governors_public, records, fmt=fmt)
        assert not any(f"Given{n}" in shown for n in range(10))
        assert "Surname" not in shown
    data = json.loads(text(governors_public, records, fmt="json"))
    assert data["support"] == 10
    by_sex = {r["value"]: r["pupils"] for r in data["patterns"] if r["by"] == "sex"}
    assert by_sex == {"female": None, "male": None, "all": 10}
    numbers = [v for r in data["patterns"] for v in r.values() if isinstance(v, int)]
    assert all(number == 0 or number >= 5 for number in numbers)


def test_few_outcomes_do_not_tell_of_few_pupils():
    data = json.loads(text(governors_public, [pupil(n) for n in range(3)], fmt="json"))
    assert data["pupils"] is None
    assert data["outcomes"]["outcomes"] is None
    assert data["provisions"] == []


def test_the_report_has_gaps_for_the_governing_body_and_what_is_known():
    shown = text(information_report)
    assert shown.count("[The governing body writes: ") == 21
    assert "SENCO: J. Patel" in shown
    assert "Oakshire SENDIASS, telephone 01632 960001" in shown
    assert "Short daily practice of a few words" in shown
    assert "Amelia" not in shown


def test_delivery_tells_what_was_due_given_and_missed():
    data = json.loads(text(delivery, fmt="json"))
    row = next(g for g in data["groups"] if g["name"] == "Precision teaching")
    assert (row["delivered"], row["missed"]) == (1, {"pupil_absent": 1})
    assert row["cost_pence"] == 7425
    assert row["sessions_due"] == 1 + 1 + row["not_recorded"]


def in_classes(**many):
    records = []
    for room, count in many.items():
        for _ in range(count):
            one = pupil(len(records))
            one["placements"] = [{"from": "2025-09-01", "class": room}]
            records.append(one)
    return records


def test_classes_of_few_share_a_sheet_unless_each_is_asked_for():
    records = in_classes(A1=1, B1=3, C1=9, D1=2)
    around = setting("2025-12-01")
    together = class_map.build(records, around)
    each = class_map.build(records, around, SchoolRequest(each=True))
    for views, sheets in ((together, 2), (each, 4)):
        with pikepdf.open(BytesIO(render(views, "pdf", single_sided=True))) as pdf:
            assert len(pdf.pages) == sheets


def test_a_class_of_forty_goes_overleaf_and_loses_nobody():
    paper = render(class_map.build(in_classes(A1=40), setting("2025-12-01")), "pdf")
    texts = "".join(page_texts(paper))
    assert texts.count("MillieSurname") == 40
