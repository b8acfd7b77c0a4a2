from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.cycle import progress
from sencli.core.cycle import scales
from sencli.core.cycle import scales as scale_pick
from sencli.core.cycle.scales import Scale
from sencli.errors import InvalidValue
from tests.cases import each_case

NUMBER = Scale(measure="words of 100")
PROMPTS = Scale("ordinal", ("not yet", "with a prompt", "independent"))
AGE = Scale("age", measure="reading age")
SCORE = Scale("score", measure="standardised score")
FEWER = Scale(better="lower", measure="times a week")


@each_case(
    ("typed", "scale", "kept"),
    [
        ("37", NUMBER, (37, None)),
        (" 37.5 ", NUMBER, (37.5, None)),
        ("45%", NUMBER, (45, None)),
        ("With a Prompt", PROMPTS, ("with a prompt", None)),
        ("indep", PROMPTS, ("independent", None)),
        ("2", PROMPTS, ("with a prompt", None)),
        ("6:04", AGE, ("6:04", None)),
        ("6:4", AGE, ("6:04", None)),
        ("6 years 4 months", AGE, ("6:04", None)),
        ("6y 4m", AGE, ("6:04", None)),
        ("7 years", AGE, ("7:00", None)),
        ("85", SCORE, (85, None)),
        ("85 (78-92)", SCORE, (85, (78, 92))),
        ("85 (78 to 92)", SCORE, (85, (78, 92))),
        ("85 [78, 92]", SCORE, (85, (78, 92))),
        ("85 ± 7", SCORE, (85, (78, 92))),
    ],
)
def test_what_was_typed_is_kept_as_people_say_it(typed, scale, kept):
    assert scales.parse(typed, scale) == kept


@each_case(
    ("typed", "scale", "words"),
    [
        ("some", NUMBER, "not a number"),
        ("sometimes", PROMPTS, "not on the scale"),
        ("4", PROMPTS, "not on the scale"),
        ("", PROMPTS, "not on the scale"),
        ("6:12", AGE, "not an age"),
        ("6.4", AGE, "not an age"),
        ("good", SCORE, "not a score"),
        ("85 (90-95)", SCORE, "outside its interval"),
    ],
)
def test_what_is_no_value_is_refused_with_an_example(typed, scale, words):
    with pytest.raises(InvalidValue, match=words) as raised:
        scales.parse(typed, scale)
    assert raised.value.hint


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 18), st.integers(0, 11))
def test_ages_come_back_as_they_went_in(years, months):
    value, _ = scales.parse(f"{years}:{months:02d}", AGE)
    assert scales.place(value, AGE) == years * 12 + months
    assert scales.parse(str(value), AGE) == (value, None)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([NUMBER, PROMPTS, AGE, SCORE]),
    st.one_of(st.none(), st.booleans(), st.text(max_size=8), st.integers()),
)
def test_a_value_of_any_kind_never_breaks_a_page(scale, value):
    found = scales.place(value, scale)
    assert found is None or isinstance(found, float)


def test_better_goes_by_the_scale():
    assert scales.compare(22, 63, NUMBER) == 1
    assert scales.compare(5, 2, FEWER) == 1
    assert scales.compare(5, 5, FEWER) == 0
    assert scales.compare("independent", "not yet", PROMPTS) == -1
    assert scales.compare("6:04", "6:11", AGE) == 1
    assert scales.compare("often", 3, NUMBER) is None


def test_reached():
    assert scales.reached(63, 60, NUMBER) is True
    assert scales.reached(59, 60, NUMBER) is False
    assert scales.reached(1, 2, FEWER) is True
    assert scales.reached(None, 2, FEWER) is None


def test_the_scale_of_an_outcome():
    catalogue = [
        {
            "key": "prompts",
            "kind": "ordinal",
            "values": ["no", "yes"],
            "name": "Prompts",
        },
        {"key": "incidents", "kind": "number", "better": "lower", "unit": "a week"},
    ]
    plain = scales.scale_of({"measure": "words of 100"}, catalogue)
    assert (plain.kind, plain.better, plain.measure) == (
        "number",
        "higher",
        "words of 100",
    )
    words = scales.scale_of({"scale": "prompts"}, catalogue)
    assert words.values == ("no", "yes")
    assert scales.axis_words(words) == ((1.0, "no"), (2.0, "yes"))
    fewer = scales.scale_of({"scale": "incidents"}, catalogue)
    assert (fewer.better, fewer.measure) == ("lower", "a week")
    assert scales.scale_of({"scale": "age"}, []).kind == "age"
    assert scales.scale_of({"scale": "gone"}, []).kind == "number"


def test_a_target_below_the_baseline_says_which_way_is_better():
    falling = {"baseline": {"value": 6}, "target": {"value": 2}}
    assert scales.scale_of(falling, []).better == "lower"
    assert scales.scale_of({**falling, "better": "higher"}, []).better == "higher"


@each_case(
    ("typed", "scale", "kept"),
    [
        ("6.04", NUMBER, 6.04),
        ("0.125", NUMBER, 0.125),
        ("-0.0625", NUMBER, -0.0625),
        ("1234567.891", NUMBER, 1234567.891),
        ("6.10", NUMBER, 6.1),
        ("22.0", NUMBER, 22),
    ],
)
def test_a_number_is_said_as_it_is_kept(typed, scale, kept):
    value, _ = scales.parse(typed, scale)
    assert value == kept
    said = progress.bare(value, scale)
    assert float(said) == kept
    assert said == str(kept)


def test_what_is_not_kept_as_typed_is_said():
    assert "kept as the number 6.1" in scales.kept_note("6.10", NUMBER)[0]
    assert "6:10" in scales.kept_note("6.10", NUMBER)[0]
    assert "per cent" in scales.kept_note("45%", NUMBER)[0]
    assert not scales.kept_note("45%", Scale(measure="% of lessons"))
    for text in ("6.04", "6.1", "22", "85 (78.5-92)"):
        assert not scales.kept_note(text, NUMBER)
    assert scales.kept_note("85 (78.50-92)", SCORE)
    assert not scales.kept_note("6:10", AGE)


@each_case("digits", ["9" * 16, "9" * 400, "0." + "1" * 16])
def test_digits_that_cannot_be_kept_are_refused(digits):
    with pytest.raises(InvalidValue, match="more than 15 digits"):
        scales.parse(digits, NUMBER)


def test_an_interval_about_a_decimal_is_exact():
    assert scales.parse("85.1 ± 0.2", SCORE) == (85.1, (84.9, 85.3))


@each_case("typed", ["6.04", "6.4", "6.10", "6.1"])
def test_an_age_with_a_point_is_never_guessed(typed):
    with pytest.raises(InvalidValue) as raised:
        scales.parse(typed, AGE)
    assert typed.replace(".", ":") in (raised.value.hint or "")


def test_an_age_of_more_than_eleven_months_is_no_place():
    assert scales.place("6:14", AGE) is None
    assert progress.bare("6:14", AGE) == "6:14"


CATALOGUE = [
    {"key": "reading-age", "kind": "age", "name": "Reading age"},
    {"key": "upsets", "kind": "number", "name": "Upsets a week"},
    {"key": "how", "kind": "ordinal", "name": "How far", "values": ["no", "yes"]},
]


@each_case(
    ("measure", "scale", "left"),
    [
        ("reading age", "reading-age", "Reading age"),
        ("Reading-Age", "reading-age", "Reading age"),
        ("reading-age", "reading-age", "Reading age"),
        ("Upsets a week", "upsets", "Upsets a week"),
        ("how far", "how", "How far"),
        ("score", "score", "score"),
        ("age", "age", "age"),
        ("spelling age", "age", "spelling age"),
        ("words of 100", None, "words of 100"),
        ("words a page", None, "words a page"),
    ],
)
def test_a_measure_that_is_a_scale_is_that_scale(measure, scale, left):
    typed = scale_pick.scaled({"measure": measure}, CATALOGUE)
    assert typed.get("scale") == scale
    assert typed.get("measure") == left


def test_a_measure_and_a_scale_of_two_kinds_are_refused():
    same = {"measure": "reading age", "scale": "age"}
    assert scale_pick.scaled(same, CATALOGUE) == same
    with pytest.raises(InvalidValue, match="a scale of its own"):
        scale_pick.scaled({"measure": "reading age", "scale": "number"}, CATALOGUE)
