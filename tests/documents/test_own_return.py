"""The school's own returns and figures have what is restricted, and say so."""

from __future__ import annotations

import copy
import csv
import io
import json

import pytest

from sencli.core.papers.redact import NO_RULES
from sencli.core.provision import register as core
from sencli.core.reports.governors import figures
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.school import census
from sencli.documents.school import register
from sencli.formats import render
from sencli.value import replace
from tests.documents.example import AMELIA
from tests.documents.example import SCHOOL
from tests.documents.example import setting

DAY = "2025-12-15"


@pytest.fixture
def hidden():
    record = copy.deepcopy(AMELIA)
    first = record["needs"][0]
    record["needs"] = [{**first, "restricted": True}, *record["needs"][1:]]
    flag = {"flag": "top_up", "from": "2025-09-01", "restricted": True}
    record["flags"] = [*record.get("flags", ()), flag]
    return record


def of(module, records, asked=None, place=None, form="json"):
    return render(module.build(records, place or setting(DAY), asked), form).decode()


def test_the_census_returns_what_is_restricted_and_marks_the_row(hidden):
    plain = json.loads(of(census, [AMELIA]))["pupils"][0]
    (row,) = json.loads(of(census, [hidden]))["pupils"]
    assert (row["types"], row["first"]) == (plain["types"], plain["first"])
    assert row["top_up"] is True
    assert (row["restricted"], row["withheld"]) == (True, False)
    assert plain["restricted"] is False
    assert "keep this page to yourself" in of(census, [hidden], form="text")
    assert "keep this page" not in of(census, [AMELIA], form="text")
    flat = of(census, [hidden], SchoolRequest(shape="flat"), form="csv")
    (listed,) = csv.DictReader(io.StringIO(flat.removeprefix("\ufeff")))
    assert plain["first"] in listed.values()


def test_a_census_for_somebody_else_withholds_it(hidden):
    place = replace(setting(DAY), rules=NO_RULES)
    (row,) = json.loads(of(census, [hidden], place=place))["pupils"]
    assert hidden["needs"][0]["type"] not in row["types"]
    assert (row["restricted"], row["withheld"]) == (False, True)


def test_counts_and_the_csv_of_the_register_are_whole(hidden):
    kind = hidden["needs"][0]["type"]
    rows = core.rows([hidden], DAY)
    assert (kind, 1) in core.counted(rows, "need")
    flat = of(register, [hidden], SchoolRequest(shape="flat"), form="csv")
    (listed,) = csv.DictReader(io.StringIO(flat.removeprefix("\ufeff")))
    assert any(kind in (value or "") for value in listed.values())


def test_beside_the_list_a_restricted_need_is_counted_as_withheld(hidden):
    kind = hidden["needs"][0]["type"]
    told = of(register, [hidden], form="text")
    assert kind not in told
    assert "withheld" in told
    counts = dict(core.counted(core.rows([hidden], DAY), "need", beside=True))
    assert counts["withheld"] == 1


def test_the_figures_of_the_year_are_those_of_the_whole_records(hidden):
    year = ("2025-09-01", "2026-08-31")
    school = {**SCHOOL, "settings": {"small_number": 0}}
    assert figures([hidden], school, DAY, year) == figures([AMELIA], school, DAY, year)
