"""A field of a record that is misspelt in the code fails here.

Records are plain mappings. So every literal name in the rooms that work on them is read
from the source and held against the schemas: ``record["x"]``, ``.get("x")``,
``"x" in record``, and the keys of what becomes a part of a record. What is read from
a field whose name is known (``cycle["plan"].get("review_by")``, also through
a variable or a loop) must be a field of just that part.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sencli.resources import schema_path
from tests.cases import each_case

PACKAGE = Path(__file__).resolve().parent.parent / "sencli"
ROOMS = ("core", "rules", "documents", "exchange")
SCHEMAS = ("pupil", "school", "provisions", "groups", "published")
READS = {"get", "pop", "setdefault"}
# Functions that are given names of fields, as literals.
GIVEN = {"to", "items", "holder", "part", "put_ehc"}

# Names that are no fields of a record, by what they are keys of.
OWN = {
    "a request for what is held, or a retention clock, in a list": """
        asker ehc_plan erase held hold left said unknown""",
    "what is held, and the marks in it": """
        child entries held_for mentions drafts history perhaps places record
        rights texts sensitive suggestion withheld withheld_entries words person""",
    "a schema": "enum format properties required",
    "a part of an annual review": "aim now young_person",
    "a section of the evidence": "family in_class",
    "a column of the office's file": """
        cost_per_pupil court_order daily_last_name familyname firstname
        free_school_meals fullname
        has_plan home_telephone lastname legal_first_name legal_last_name mobile
        need_from need_rank need_until on_support postcode previously_looked_after
        priority provision_from pupil_first_name pupil_last_name pupil_name resourced
        sen_unit service_child top_up work_telephone x young_carer""",
    "a wording or what redaction.json says": """
        after anonymous audiences before child costs evaluation expertise first gap gaps
        ground kinds leave_out notice others own own_only parent_view parts
        pupil_view reviewing second services special trail view ways
        wellbeing""",
    "a sheet to fill in or its answers": """
        answers at choices digest expires for given_by given_on giver helped made
        sheets signed_off version words""",
    "a part of a workbook": """
        created date1904 ref error_message error_title error_type externallink general
        locked r s t validate vbaproject""",
    "a count of months or years in words": """
        counted exit from_to half months named one_month one_year same word years""",
    "what was typed": """
        advice_due again assessment baseline_date carry consent_date
        disagreed end_support format invite invited_on issue no_consent
        not_reached parents_notified partly redated refuse refuse_plan return_by
        refused replace replaces request serves shared_on shared_with since sort then
        told_on""",
    "what a word that was typed means": """
        head headteacher
        born circumstances cla contact correction diagnosis disability dob eh ehcp
        family_name forename form fsm gender lac maintain no no_action none noun number
        parents plac pp reg request_ehc_assessment score sen sendco social_care student
        surname yes holiday keep""",
    "a kind of thing": """
        action activity departure adjustment annual_review cycle measurement meeting
        paper report
        specialist stale statutory strategy transfer transition
        arranged suspension timetable phase moved_review""",
    "a document": """
        case census delivery handover isp map passport profile register timetable""",
    "a row of a list or a paper": """
        above above_pence together brief activities_pence amount attendance_term
        enrolment
        achieved adults adults_pence age all_flags all_needs as_expected asks author
        changed citation command commit concluded confirmed cost
        cost_an_outcome_pence cost_an_outcome_says cost_incomplete cost_missing
        cost_pence cost_reasons dates day delivered_percent eal edition entry excepted
        faults filled_in findings good
        half_term_end half_term_start hidden hours interventions_judged
        judged_spent_pence label latest left left_pence less level line looked_after
        meaning measured together
        medical_plan meet mend message moved national new new_class new_year_group
        not_achieved
        not_costed not_recorded of_threshold often old on_roll outcomes_achieved
        outcomes_judged overdue patterns pence planned planned_group_size planned_pence
        provision_name pupil_premium question rated results rows
        running_total_pence says sessions_due spent spent_not_costed spent_pence stage
        state stream support support_pence tiers to_date_not_costed to_date_pence
        top_up_pence total_pence totals types uncosted withheld worse whose written law
        days_late adult_hours adult_hours_a_week aims cells judged_from judged_until
        leader leaders moved overview waves change_says above_element_2 confidential
        key_stages questions duties share_of_roll trend what_we_do year_before steps
        for_everybody call clashes nobody_leads outside promised""",
    "the list of a transfer file": "bytes files version",
    "what a list of many schools has": """
        annual by_law check counts fault folder late missing must on_time supports
        to_plan""",
    "a tag of a CTF": "ends senprovision startdate",
    "the school's own look": "not_in_history templates unread wording",
    "the facts of what is due": "events interpreted met met_pupil open",
}
OURS = {name for names in OWN.values() for name in names.split()}

Names = dict[str, frozenset[str]]


def _objects(part: Any, root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A part of a schema, or the items of its lists, where they have fields."""
    if "$ref" in part:
        yield from _objects(root["$defs"][part["$ref"].rpartition("/")[2]], root)
    if "properties" in part or "propertyNames" in part:
        yield part
    if "items" in part:
        yield from _objects(part["items"], root)


def _fields_within() -> Names:
    """The fields of what lies in each field, under that field's name; the record's own
    and those of every part under ""."""
    found: dict[str, set[str]] = {"": set()}

    def gather(part: Any, root: dict[str, Any], name: str) -> None:
        for inner in _objects(part, root):
            fields = {*inner.get("properties", ())}
            fields |= {*inner.get("propertyNames", {}).get("enum", ())}
            found.setdefault(name, set()).update(fields)
            found[""] |= fields
            for field, value in inner.get("properties", {}).items():
                gather(value, root, field)

    for schema in SCHEMAS:
        root = json.loads(schema_path(schema).read_text("utf-8"))
        gather(root, root, "")
    return {name: frozenset(fields) for name, fields in found.items()}


WITHIN = _fields_within()


def _text(node: ast.AST | None) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""


def _read(node: ast.AST) -> tuple[ast.expr, str] | None:
    """What is read by a literal name, and the name."""
    if isinstance(node, ast.Subscript) and _text(node.slice):
        return node.value, _text(node.slice)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READS
        and node.args
        and _text(node.args[0])
    ):
        return node.func.value, _text(node.args[0])
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
        return node.comparators[0], _text(node.left)
    return None


def _named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every literal name of a field, with its line."""
    for node in ast.walk(tree):
        if found := _read(node):
            yield node.lineno, found[1]
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in GIVEN:
                yield from ((node.lineno, _text(argument)) for argument in node.args)
        if isinstance(node, ast.Dict):
            keys = [_text(key) for key in node.keys]
            if WITHIN[""] & {*keys}:
                yield from ((node.lineno, key) for key in keys)


def _source(value: ast.expr, known: dict[str, str]) -> str:
    """The field that a value was read from, or ""."""
    if isinstance(value, ast.Name):
        return known.get(value.id, "")
    if isinstance(value, ast.BoolOp):
        return _source(value.values[0], known)
    if isinstance(value, ast.Compare):
        return ""
    if found := _read(value):
        outer = _read(found[0])
        return "" if outer and outer[1] in OURS else found[1]
    if isinstance(value, ast.Subscript) and isinstance(
        value.slice, (ast.Slice, ast.Constant, ast.UnaryOp)
    ):
        return _source(value.value, known)
    return ""


def _bound(scope: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a function binds, each with what it is read from, if known."""
    for node in ast.walk(scope):
        if isinstance(node, ast.arg):
            yield node.arg, None
        elif isinstance(node, (ast.For, ast.comprehension)):
            yield from _targets(node.target, node.iter)
        elif isinstance(node, ast.NamedExpr):
            yield node.target.id, node.value
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _targets(target, node.value)
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.withitem)):
            target = getattr(node, "target", None) or getattr(node, "optional_vars", 0)
            if isinstance(target, ast.Name):
                yield target.id, None


def _targets(
    target: ast.expr, value: ast.expr
) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, (ast.Tuple, ast.List)):
        parts = value.elts if isinstance(value, ast.Tuple) else []
        even = len(parts) == len(target.elts)
        for number, part in enumerate(target.elts):
            if isinstance(part, ast.Name):
                yield part.id, parts[number] if even else None


def _misplaced(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Names that are read from a field in which they cannot be."""
    for scope in ast.walk(tree):
        if not isinstance(scope, (ast.FunctionDef, ast.Lambda)):
            continue
        bound: dict[str, list[ast.expr | None]] = {}
        for name, value in _bound(scope):
            bound.setdefault(name, []).append(value)
        known: dict[str, str] = {}
        for name, values in bound.items():
            sources = {"" if v is None else _source(v, known) for v in values}
            known[name] = sources.pop() if len(sources) == 1 else ""
        for node in ast.walk(scope):
            if found := _read(node):
                inner = WITHIN.get(_source(found[0], known) or "-")
                if inner and found[1] and found[1] not in inner:
                    yield node.lineno, ast.unparse(found[0]), found[1]


def faults(text: str) -> list[str]:
    tree = ast.parse(text)
    unknown = [
        f"line {line}: no schema has {name!r}"
        for line, name in _named(tree)
        if re.fullmatch("[a-z][a-z0-9_]*", name) and name not in WITHIN[""] | OURS
    ]
    misplaced = {
        f"line {line}: {where} has no {name!r}"
        for line, where, name in _misplaced(tree)
    }
    return unknown + sorted(misplaced)


def modules() -> list[Path]:
    return [p for name in ROOMS for p in sorted((PACKAGE / name).rglob("*.py"))]


@each_case("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_literal_field_name_is_in_a_schema(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


def test_own_names_are_no_fields() -> None:
    assert sorted(OURS & WITHIN[""]) == []


MISSPELT = {
    'record.get("placments", ())': "no schema has 'placments'",
    'record["dat_of_birth"]': "no schema has 'dat_of_birth'",
    '"restrited" in record': "no schema has 'restrited'",
    'put({"date": day, "raised_bye": who})': "no schema has 'raised_bye'",
    'at.to("cycles", 0, "reveiw")': "no schema has 'reveiw'",
    'record.get("cycles", ())[-1]["plan"]["minutes"]': "has no 'minutes'",
    '[n["form"] for n in record.get("needs", ()) if n["from"]]': "n has no 'form'",
    '[n["week"] for n in record.get("needs", ())]': "n has no 'week'",
}


@each_case("line", MISSPELT)
def test_a_misspelt_or_misplaced_name_is_found(line: str) -> None:
    text = f"def read(record, day, who, put, at):\n    return {line}\n"
    assert any(MISSPELT[line] in fault for fault in faults(text)), faults(text)


def test_a_misspelling_in_a_copy_of_our_own_source_is_found() -> None:
    """Each field that is read from a known part, misspelt where it is read."""
    text = (PACKAGE / "core" / "record" / "lookup.py").read_text("utf-8")
    names = {n for _, n in _named(ast.parse(text))} & WITHIN[""]
    assert len(names) > 20
    for name in sorted(names):
        copy = text.replace(f'"{name}"', f'"{name}x"')
        assert any(f"'{name}x'" in fault for fault in faults(copy)), name
