"""Every rule's own example: what it finds fault with, and the same put right."""

from __future__ import annotations

import json
from functools import cache

import jsonschema_rs

from sencli.core.checks.integrity import integrity
from sencli.resources import schema_path
from sencli.rules import RULES
from sencli.rules import findings
from sencli.rules import whole_school
from sencli.rules.example import EXAMPLE_DAY
from sencli.rules.example import EXAMPLE_PROVISIONS
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import example
from tests.cases import each_case

BY_CODE = each_case("rule", RULES, ids=lambda rule: rule.code)


def judge(rule, fragment):
    record = example(fragment)
    right = rule.school_right if fragment is rule.passes else {}
    school = {**EXAMPLE_SCHOOL, **rule.school, **right}
    if rule.scope == "school":
        return whole_school(
            [record], school, EXAMPLE_DAY, provisions=EXAMPLE_PROVISIONS, rules=[rule]
        )
    return findings(
        record, school, EXAMPLE_DAY, provisions=EXAMPLE_PROVISIONS, rules=[rule]
    )


@BY_CODE
def test_the_failing_fragment_fails(rule):
    found = judge(rule, rule.fails)
    assert {finding.code for finding in found} == {rule.code}
    assert all(finding.level == rule.level for finding in found)


@BY_CODE
def test_the_passing_fragment_passes(rule):
    assert judge(rule, rule.passes) == []


@cache
def pupil_schema():
    schema = json.loads(schema_path("pupil").read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)


@BY_CODE
@each_case("side", ["fails", "passes"])
def test_the_fragments_are_records(rule, side):
    record = example(getattr(rule, side))
    assert [error.message for error in pupil_schema().iter_errors(record)] == []


@BY_CODE
def test_what_a_rule_says_of_itself(rule):
    assert rule.found_when.startswith("Found ")
    assert rule.asks.endswith(".")
    assert rule.why.endswith(".")
    assert rule.meet.startswith("sen ")
    assert ("to be confirmed" in rule.citation) is not rule.confirmed
    for finding in judge(rule, rule.fails):
        assert finding.message[0].isupper() or finding.message[0].isdigit()
        assert finding.message.endswith(".")
        assert finding.mend.startswith("sen ")


@BY_CODE
@each_case("side", ["fails", "passes"])
def test_the_fragments_hang_together(rule, side):
    record = example(getattr(rule, side))
    school = {**EXAMPLE_SCHOOL, **rule.school}
    found = integrity(record, school, EXAMPLE_PROVISIONS, {"schema": 1})
    assert [fault.message for fault in found if not fault.note] == []
