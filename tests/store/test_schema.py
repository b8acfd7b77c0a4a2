"""The verdict on a record, and the words for it."""

from __future__ import annotations

import copy
import json
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.resources import folder
from sencli.resources import load_schema
from sencli.store.text import schema
from sencli.store.text import slow_yaml
from sencli.store.text import yaml_reader
from sencli.store.text.explain import errors
from sencli.store.text.explain import in_words
from tests.cases import each_case

PUPIL = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "date_of_birth": "2017-03-14",
    "upn": "P999900024001",
    "placements": [{"from": "2025-09-01", "year_group": "4", "class": "4B"}],
    "status": [{"from": "2025-09-15", "provision": "K"}],
    "cycles": [
        {
            "id": "y2qf",
            "assess": {"date": "2025-09-15", "by": ["KM", "JP"]},
            "plan": {
                "date": "2025-09-18",
                "outcomes": [
                    {"id": "o8fd", "outcome": "Reads", "baseline": {"value": 22}}
                ],
                "interventions": [
                    {
                        "id": "i5tr",
                        "provision": "precision-teaching",
                        "dose": [
                            {
                                "from": "2025-09-22",
                                "minutes": 30,
                                "time": "09:30",
                                "led_by": ["TA2"],
                            }
                        ],
                    }
                ],
            },
            "do": {
                "sessions": [{"date": "2025-09-22", "intervention": "i5tr"}],
                "tallies": [
                    {
                        "week": "2025-09-22",
                        "intervention": "i5tr",
                        "delivered": 2,
                        "missed": {"staff_absent": 1},
                    }
                ],
            },
        }
    ],
}
SCHOOL = {
    "schema": 1,
    "name": "Oak Primary",
    "staff": [{"initials": "KM", "name": "K. Morris"}],
    "ages": {"from": 4, "to": 11},
}
OUTCOME = ("cycles", 0, "plan", "outcomes", 0)
DOSE = ("cycles", 0, "plan", "interventions", 0, "dose", 0)
SESSION = ("cycles", 0, "do", "sessions", 0)
GONE = object()
A_UPN = "a capital letter (not I, O or S) and 12 figures, like P999900024001"


def changed(path, value, record=PUPIL):
    record = copy.deepcopy(record)
    inner = record
    for part in path[:-1]:
        inner = inner[part]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return record


def test_a_right_record_has_no_faults():
    assert schema.faults(PUPIL, "pupil") == []
    assert schema.faults(SCHOOL, "school") == []
    assert schema.faults({"schema": 1}, "provisions") == []
    assert schema.faults({"schema": 1, "groups": []}, "groups") == []


@each_case(
    ("path", "value", "message", "mend"),
    [
        (
            ("date_of_birth",),
            "30/02/2025",
            "date_of_birth is '30/02/2025', and there is no such day",
            "Write date_of_birth: and a day of the calendar.",
        ),
        (
            ("date_of_birth",),
            "14/03/2017",
            "date_of_birth must be a date like 2025-09-18, not '14/03/2017'",
            "Write date_of_birth: 2017-03-14",
        ),
        (
            ("date_of_birth",),
            "2025-02-30",
            "date_of_birth is '2025-02-30', and there is no such day",
            "Write date_of_birth: and a day of the calendar.",
        ),
        (
            ("date_of_birth",),
            "14 March",
            "date_of_birth must be a date like 2025-09-18, not '14 March'",
            "Write date_of_birth: and year-month-day, like 2025-09-18.",
        ),
        (
            ("date_of_birth",),
            20170314,
            "date_of_birth must be text, not the number 20170314",
            "Put quotes round it: date_of_birth: '20170314'",
        ),
        (
            ("stauts",),
            [],
            "unknown field 'stauts'; did you mean 'status'?",
            "Write status in place of stauts.",
        ),
        (
            (*SESSION, "xyzzy"),
            1,
            "unknown field 'xyzzy' in entry 1 of sessions",
            "Delete it, or use one of: ordinal, by, minutes, missed, note, sheet.",
        ),
        (
            ("status", 0, "provision"),
            GONE,
            "provision is missing in entry 1 of status",
            "Add a line: provision: N",
        ),
        (
            (*OUTCOME, "outcome"),
            GONE,
            "outcome is missing in entry 1 of outcomes",
            "Add a line: outcome: ...",
        ),
        (
            ("status", 0, "provision"),
            "S",
            "provision must be one of N, K, E, not 'S'",
            "Write one of them.",
        ),
        (
            (*SESSION, "missed"),
            "pupil absent",
            None,
            "Write missed: pupil_absent",
        ),
        (
            ("placements", 0, "year_group"),
            4,
            None,
            "Write year_group: '4'",
        ),
        (
            ("placements", 0, "class"),
            4,
            "class must be text, not the number 4",
            "Put quotes round it: class: '4'",
        ),
        (
            ("placements", 0, "class"),
            True,
            "class must be text, not true",
            "Put quotes round it: class: 'true'",
        ),
        (
            ("first_name",),
            None,
            "first_name is empty; it must be text",
            "Write what it is, or delete the line.",
        ),
        (
            ("first_name",),
            "",
            "first_name is empty",
            "Write what it is, or delete the line.",
        ),
        (
            ("first_name",),
            "A\nB",
            "first_name must be on one line",
            "Take the line ends out.",
        ),
        (
            ("first_name",),
            "A" * 401,
            "first_name must have at most 400 characters, and has 401",
            "Make it shorter.",
        ),
        (
            ("upn",),
            "p99990002400",
            f"upn must be {A_UPN}, not 'p99990002400'",
            f"Write upn: and {A_UPN}.",
        ),
        (
            (*DOSE, "minutes"),
            "30",
            "minutes must be a whole number, not '30'",
            "Write it without quotes: minutes: 30",
        ),
        (
            (*DOSE, "minutes"),
            "half an hour",
            "minutes must be a whole number, not 'half an hour'",
            "Write it as a whole number.",
        ),
        (
            (*DOSE, "minutes"),
            0,
            "minutes must be at least 1, not the number 0",
            "Write minutes: and a number, at least 1.",
        ),
        (
            (*DOSE, "led_by"),
            "TA2",
            "led_by must be a list, not 'TA2'",
            "Write it as a list: led_by: [TA2]",
        ),
        (
            (*DOSE, "led_by"),
            ["TA2", "TA2"],
            "led_by has 'TA2' twice",
            "Delete one of the two.",
        ),
        (
            (*DOSE, "led_by", 0),
            3,
            "entry 1 of led_by must be text, not the number 3",
            "Put quotes round it: - '3'",
        ),
        (
            (*OUTCOME, "restricted"),
            "yes",
            "restricted must be true or false, not 'yes'",
            "Write restricted: true",
        ),
        (
            (*OUTCOME, "baseline"),
            22,
            "baseline must be a group of fields (name: value), not the number 22",
            "Write it as a group of fields (name: value).",
        ),
        (
            (*OUTCOME, "baseline", "value"),
            None,
            "value is empty; it must be a number or text",
            "Write what it is, or delete the line.",
        ),
        (
            (*OUTCOME, "baseline", "value"),
            "",
            "value is empty",
            "Write what it is, or delete the line.",
        ),
        (
            (*OUTCOME, "baseline", "value"),
            [1],
            "value must be a number or text, not a list",
            "Write it as a number or text.",
        ),
        (
            (*OUTCOME, "baseline", "interval"),
            [1],
            "interval must have at least 2 entries, and has 1",
            "Make it at least 2 entries.",
        ),
        (
            ("cycles", 0, "do", "tallies", 0, "missed", "staff_absnt"),
            1,
            "unknown field 'staff_absnt' in missed; did you mean 'staff_absent'?",
            "Write staff_absent in place of staff_absnt.",
        ),
        (
            ("schema",),
            999,
            "this was written by a newer sencli (schema 999; this one reads schema 1)",
            "Install the newer one: pipx upgrade sencli",
        ),
        (
            ("schema",),
            "1",
            "schema must be 1, not '1'",
            "Write schema: 1",
        ),
        (
            ("first_name",),
            "Ame\x1blia",
            "first_name holds a character that cannot be seen (U+001B)",
            "Delete it, or type the text again without it.",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_what_to_type(path, value, message, mend):
    found = schema.faults(changed(path, value), "pupil")
    assert len(found) == 1, found
    assert message in (None, found[0].message)
    assert found[0].mend == mend
    where = path[:-1] if value is GONE else path
    assert found[0].path == where


def test_all_faults_are_told_in_the_order_of_the_record():
    record = changed(("status", 0, "from"), "x")
    record["cycles"][0]["plan"]["date"] = "y"
    record["zzz"] = 1
    del record["first_name"]
    found = schema.faults(record, "pupil")
    assert [fault.path for fault in found] == [
        ("zzz",),
        (),
        ("cycles", 0, "plan", "date"),
        ("status", 0, "from"),
    ]


def test_a_newer_record_is_not_judged_by_an_older_schema():
    record = changed(("schema",), 2) | {"x_new": 1}
    assert len(schema.faults(record, "pupil")) == 1


def test_names_that_are_no_text_are_told():
    found = schema.faults(PUPIL | {4: "a"}, "pupil")
    assert [(f.message, f.mend) for f in found] == [
        ("the name of a field must be text, not 4", "Put quotes round it: '4':")
    ]
    inner = changed(("placements", 0), {True: "a"})
    assert schema.faults(inner, "pupil")[0].path == ("placements", 0)


@each_case(
    "char",
    "\x00\x07\x08\x0b\x0c\r\x1b\x1f\x7f\x80\x85\x9b\x9f\u202a\u202e\u2066\u2069\ud800",
    ids=ascii,
)
def test_characters_that_deceive_are_faults_with_their_place(char):
    for text in (f"a{char}b", char, f"\\x1b{char}"):
        record = changed((*OUTCOME, "outcome"), text)
        found = schema.faults(record, "pupil")
        assert [fault.path for fault in found] == [(*OUTCOME, "outcome")]
        assert f"U+{ord(char):04X}" in found[0].message


@each_case(
    "text",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "tab\there\nand there", "C:\\x1b\\u202e", "caf\u00e9 \u2013 \u2018so\u2019",
    ],
)  # fmt: skip
def test_what_languages_and_emoji_need_is_allowed(text):
    assert schema.faults(changed((*OUTCOME, "outcome"), text), "pupil") == []


def test_what_is_shown_of_a_value_is_short_and_safe():
    record = changed(("date_of_birth",), "x\x1b[2J" + "y" * 500)
    for fault in schema.faults(record, "pupil"):
        assert "\x1b" not in fault.message
        assert len(fault.message) < 150


def patterns(part):
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str) and part.get("format") != "date":
            yield part["pattern"]
        for value in part.values():
            yield from patterns(value)
    elif isinstance(part, list):
        for value in part:
            yield from patterns(value)


SCHEMAS = sorted(path.name.split(".")[0] for path in folder("schemas").glob("*.json"))


@each_case("name", SCHEMAS)
def test_every_pattern_has_words(name):
    wordless = {found for found in patterns(load_schema(name)) if not in_words(found)}
    assert not wordless, "add them to sencli/store/text/explain.py"


# a dot that is no letter of a class, and the classes that differ between engines
UNSURE = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[sSwWdDbBpP]|\[(?:\\.|[^\]\\])*\]|\.)")


def unsure(pattern):
    """What of a pattern may mean one thing here and another there."""
    bare = [m[0] for m in UNSURE.finditer(pattern) if m[0][0] != "["]
    inside = re.findall(r"\\[sSwWdDbBpP]", pattern)
    return bare + inside


def test_a_pattern_that_is_unsure_is_found():
    assert unsure(r"^a.b$") == ["."]
    assert unsure(r"^[a.]\.b$") == []
    assert unsure(r"^[\s]$")
    assert unsure(r"^\d$")


@each_case("name", SCHEMAS)
def test_every_pattern_means_the_same_everywhere(name):
    document = load_schema(name)
    dates = {"^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$"}
    assert not {p: unsure(p) for p in {*patterns(document), *dates} if unsure(p)}


# what engines take for a line end or a blank, or count in another way
CHARS = (
    "\n\r\t\v\f \x85\xa0\u1680\u180e\u2000\u2007\u200a\u200b\u200d\u2028\u2029\u202f"
    "\u205f\u2060\u3000\ufeff\x1c\x1d\x1e\x1f\u0300\u0663\u017f\u212a\u00df\uff21"
    "\U0001f600\U00010400\U000e0020\U0010ffff"
)


@each_case("name", SCHEMAS)
def test_both_validators_read_every_pattern_alike(name):
    import jsonschema_rs

    from sencli.store.text.explain import matches

    for pattern in sorted(set(patterns(load_schema(name)))):
        fast = jsonschema_rs.validator_for({"pattern": pattern})
        for char in CHARS:
            for text in (
                char, f"a{char}b", f"{char}a", f"a{char}", f"a\n{char}", char * 2,
                f"p7k2{char}", f"999{char}", f"P9999{char}0024001", f"0{char}:30",
            ):  # fmt: skip
                assert fast.is_valid(text) == matches(pattern, text), (pattern, text)


@each_case("char", "\u2028\u2029\x85\xa0\u3000\U0001f600", ids=ascii)
def test_a_person_may_have_any_letter_within_and_no_blank_at_the_ends(char):
    who = ("cycles", 0, "assess", "by", 0)
    assert schema.fits(changed(who, f"K{char}M"), "pupil")
    ends = char == "\U0001f600"
    for text in (f"KM{char}", f"{char}KM"):
        assert verdicts(changed(who, text), "pupil") == (ends, ends)


ODD = [
    None, True, False, 0, 1, -1, 1.0, 1.5, 10**14, 2**63, 2**70, "", " ", "a", "1",
    "a\n", "2025-02-28", "2025-02-28\n", "2025-02-30", "20250228", "2025-02-28T00:00Z",
    "0000-01-01", "2025-2-8", "P999900024001", "P999900024001\n", "p7k2q", "p7k2q\n",
    "K", "k", "\u0663", "a" * 401, "\u00e9" * 400, "\U0001f600" * 400, [], {},
    [1], [1, 1], [1, 1.0], [1, True], ["a", "a"], [[]], [{}], [None], {"a": 1}, {"": 1},
    {"id": 1}, {"date": "2025-02-30"}, [{"from": "2025-01-01"}, {"from": "2025-01-01"}],
    "12:30", "24:00", "09:30\n", "a\u2028b", "\u00a0", "\u3000x", "x\u3000", "a\tb",
]  # fmt: skip


def verdicts(record, name):
    slow = not list(errors(record, name))
    return schema.fits(record, name), slow


def paths(value, path=()):
    yield path
    if isinstance(value, dict):
        for name, item in value.items():
            yield from paths(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from paths(item, (*path, number))


@each_case("path", [p for p in paths(PUPIL) if p], ids=str)
def test_both_validators_agree_on_odd_values_everywhere(path):
    for value in [*ODD, GONE]:
        record = changed(path, value)
        fast, slow = verdicts(record, "pupil")
        assert fast == slow, (path, value)
        found = schema.faults(record, "pupil")
        assert bool(found) != fast or any(char in repr(value) for char in "\\")
        json.dumps([fault.message for fault in found])


@each_case("path", [p for p in paths(SCHOOL) if p], ids=str)
def test_both_validators_agree_on_odd_schools(path):
    for value in [*ODD, GONE]:
        fast, slow = verdicts(changed(path, value, SCHOOL), "school")
        assert fast == slow, (path, value)


VALUES = st.recursive(
    st.sampled_from(ODD),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "from", "date", "plan", "do", "x"]), inner
        )
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from(sorted(PUPIL)), VALUES))
def test_both_validators_agree_on_any_record(record):
    fast, slow = verdicts(record, "pupil")
    assert fast == slow
    assert bool(schema.faults(record, "pupil")) or fast


def test_the_examples_fit():
    from sencli.store.text import load as yaml_text

    for path in sorted(folder("examples").rglob("*.yaml")):
        name = "pupil" if path.parent.name == "pupils" else path.stem
        record = yaml_text.load(path.read_bytes(), path.name)
        assert verdicts(record, name) == (True, True), path


UNSEEN = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)]
TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
FORMS = (
    "first_name: A%sb\n",
    "first_name: 'A%sb'\n",
    'first_name: "A%sb"\n',
    "first_name: |\n  A%sb\n",
    "first_name: >\n  A%sb\n",
    "first_name: {b: c%sd}\n",
    "x%sy: b\n",
)


@pytest.mark.parametrize("read", [yaml_reader.loads, slow_yaml.loads])
@pytest.mark.parametrize("form", FORMS)
def test_no_file_with_what_cannot_be_seen_is_surely_valid(monkeypatch, read, form):
    monkeypatch.setattr(schema, "fits", lambda *_: True)
    missed = []
    for char in map(chr, [*UNSEEN, *TURNING]):
        for text in (form % char, form % rf"\u{ord(char):04x}"):
            with suppress(ValueError):
                record = read(text)
                if schema.surely_valid(record, "pupil", text.encode()):
                    missed += schema.text_faults(record)
    assert not missed
