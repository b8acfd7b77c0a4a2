"""The reports that a school publishes: texts, counts, and what may not stand there."""

from __future__ import annotations

import json

from sencli.documents.school import inclusion_strategy
from sencli.documents.school import information_report
from sencli.formats import render
from sencli.value import replace
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import setting
from tests.documents.test_whole_school import pupil

EVERYBODY = [AMELIA, BEN, CHLOE]
STRATEGY = {
    "schema": 1,
    "sections": [
        {"section": "aims", "text": "Every child belongs here."},
        {"section": "Principle one", "text": "We know each child."},
    ],
    "barriers": [{"id": "b2bb", "text": "Noise at lunch", "evidence": "Pupils said"}],
    "activities": [
        {
            "id": "v2bb",
            "text": "A calm room",
            "barrier": "b2bb",
            "funding_source": "imf",
            "annual_pence": 200_000,
        },
        {"id": "v3bb", "text": "Training", "annual_pence": 100},
    ],
    "published": [{"date": "2025-12-01"}],
}


def made(module, records=EVERYBODY, fmt="text", day="2025-12-15", **written):
    place = replace(
        setting(day), published={k.replace("_", "-"): v for k, v in written.items()}
    )
    (view,) = module.build(records, place)
    return view, render([view], fmt).decode()


def test_a_strategy_is_filled_in():
    view, text = made(inclusion_strategy, inclusion_strategy=STRATEGY)
    assert "Every child belongs here." in text
    assert text.index("Every child") < text.index("Principle one")
    assert "Against barrier: 1\n" in text
    assert "Cost: £2,000.00 a year from the inclusion fund" in text
    assert "Last published on 1 December 2025" in text
    assert "To be published by 1 December 2026" in text
    assert "[The school writes: what is done" not in text
    assert "[The school writes: the research" in text
    data = json.loads(render([view], "json"))
    assert data["cost"] == [
        {"stream": "imf", "activities_pence": 200_000, "support_pence": None}
    ]
    assert "No row counts support" in view.asides[0].message
    assert render([view], "pdf").startswith(b"%PDF")


def test_few_pupils_are_in_no_published_count():
    few = [pupil(number, flags=[]) for number in range(1, 4)]
    _, text = made(inclusion_strategy, few)
    assert "(primary need)" not in text
    assert "Pupils on the SEN register" not in text
    many = [
        pupil(number, flags=[{"flag": "looked_after", "from": "2025-01-01"}])
        for number in range(1, 7)
    ]
    _, text = made(inclusion_strategy, many)
    assert "who are looked after: 6" in text
    _, text = made(information_report, many)
    assert "who are looked after: 6" in text
    _, text = made(information_report, few)
    assert "register who are looked after" not in text


def test_sen_is_a_share_of_the_school_beside_england():
    place = setting(
        "2025-12-15",
        number_on_roll=[{"date": "2025-10-02", "pupils": 60}],
        national_figures=[
            {
                "figure": "sen_support",
                "per_cent": 14.2,
                "year": "2024/25",
                "published": "2025-06-12",
            }
        ],
    )
    records = [pupil(number) for number in range(1, 7)]
    for module in (inclusion_strategy, information_report):
        (view,) = module.build(records, place)
        text = render([view], "text").decode()
        assert "SEN support: 10 per cent of the school (England: 14.2 per cent" in text
    few = records[:2]
    (view,) = inclusion_strategy.build(few, place)
    assert "SEN support: " not in render([view], "text").decode()


def test_support_is_told_by_budget_where_enough_have_it():
    def paid(number, source):
        record = pupil(number)
        plan = record["cycles"][0]["plan"]
        plan["interventions"][0]["funding_source"] = source
        return record

    records = [paid(number, "imf") for number in range(1, 7)]
    records.append(paid(7, "top_up"))
    view, _ = made(inclusion_strategy, records)
    data = json.loads(render([view], "json"))
    assert [row["stream"] for row in data["cost"]] == ["imf"]
    assert data["cost"][0]["support_pence"] == 6 * 7425


def test_no_child_is_named_and_parents_can_read_it():
    hard = (
        "Amelia Khan benefits from comprehensive multi-sensory interventions, "
        "notwithstanding considerable organisational difficulties encountered by "
        "practitioners."
    )
    texts = {"schema": 1, "sections": [{"section": "teaching", "text": hard}]}
    view, text = made(information_report, information_report=texts)
    assert "Amelia Khan" not in text
    said = " ".join(aside.message for aside in view.asides if aside.grave)
    assert "names a child (Amelia Khan)" in said
    assert "reading age" in said
    assert "multi-sensory" in said
    assert view.asides[0].command.startswith("sen report write information-report")
    view, text = made(
        inclusion_strategy,
        inclusion_strategy={
            "schema": 1,
            "sections": [{"section": "aims", "text": hard}],
        },
    )
    assert "Amelia Khan" not in text
    grave = [aside.message for aside in view.asides if aside.grave]
    assert len(grave) == 1


def test_each_has_a_check_code_of_its_own():
    strategy, _ = made(inclusion_strategy)
    report, _ = made(information_report)
    changed, _ = made(inclusion_strategy, inclusion_strategy=STRATEGY)
    codes = {strategy.fingerprint, report.fingerprint, changed.fingerprint}
    assert len(codes) == 3


def test_the_information_report_names_people_to_speak_to():
    staff = [
        {"initials": "JP", "name": "J. Patel", "roles": [{"role": "SENCO"}]},
        {"initials": "AB", "name": "A. Bello", "roles": [{"role": "headteacher"}]},
        {
            "initials": "CD",
            "name": "C. Dray",
            "roles": [{"role": "Designated teacher", "until": "2024-07-31"}],
        },
        {
            "initials": "EF",
            "name": "E. Fox",
            "roles": [{"role": "designated_teacher"}],
        },
    ]
    place = setting("2025-12-15", staff=staff)
    (view,) = information_report.build(EVERYBODY, place)
    text = render([view], "text").decode()
    assert "SENCO: J. Patel" in text
    assert "Headteacher: A. Bello" in text
    assert text.count("Designated teacher for looked-after children: E. Fox") == 2
    assert "C. Dray" not in text
