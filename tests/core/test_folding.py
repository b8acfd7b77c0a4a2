"""The one folding of names: every spelling of a name is that name, and no other."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sencli.core.provision.register import place_in_list
from sencli.core.text import folding
from sencli.core.text.folding import Folded
from sencli.core.text.names_in_text import Names
from sencli.core.text.names_in_text import Replacing
from tests.cases import each_case

NAMES = (
    *("Łukasz", "Lövás", "O'Neill", "D'Arcy", "Mary-Jane", "Zoë O'Neill-Brown"),
    *("Søren", "Đorđe", "Guðrún", "Æthel", "Bjørn Œuvre", "Işık", "Strauß", "Þór"),
    *("Ħal", "Siobhán", "Nguyễn Thị", "St. John", "Al-Amin", "N'Golo", "Ɓaba"),
)
PLAIN = {
    "Łukasz": "lukasz",
    "Lövás": "lovas",
    "Søren": "soren",
    "Đorđe": "dorde",
    "Guðrún": "gudrun",
    "Æthel": "aethel",
    "Bjørn Œuvre": "bjornoeuvre",
    "Işık": "isik",
    "Strauß": "strauss",
    "Þór": "thor",
    "Ħal": "hal",
    "ŋari": "nari",
    "Ŧor": "tor",
    "Ɓaba": "baba",
    "Nguyễn": "nguyen",
    "Əli": "eli",
    "Ǿrn": "orn",
}
UNSEEN = (
    "\u200b\u200c\u200d\u00ad\u200e\u200f\u202a\u202c\u2060\u2066\ufeff\ufe0f\u034f"
)

names = st.sampled_from(NAMES)


@each_case(("name", "plain"), PLAIN.items())
def test_letters_that_a_keyboard_lacks(name: str, plain: str) -> None:
    assert folding.key(name) == plain


@given(names, st.sampled_from(folding.APOSTROPHES), st.sampled_from(folding.HYPHENS))
def test_every_apostrophe_and_hyphen_is_one(name: str, mark: str, dash: str) -> None:
    assert folding.same(name.replace("'", mark).replace("-", dash), name)


@given(names, st.sampled_from(["", " ", "\u00a0", "\u2009", "  "]))
def test_a_hyphen_is_a_blank_or_nothing(name: str, blank: str) -> None:
    assert folding.same(name.replace("-", blank), name)
    assert folding.same(name.replace(" ", blank), name)


@given(names, st.data())
def test_invisible_letters_do_not_count(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name)))
    odd = data.draw(st.sampled_from(UNSEEN))
    assert folding.is_invisible(odd)
    assert folding.same(name[:place] + odd + name[place:], name)


@given(st.one_of(names, st.text()), st.sampled_from(["NFC", "NFD"]))
def test_composed_and_decomposed_form_are_one(name: str, form: str) -> None:
    assert folding.same(unicodedata.normalize(form, name), name)


@given(names, st.sampled_from(folding.APOSTROPHES))
def test_a_possessive_is_no_part_of_a_name(name: str, mark: str) -> None:
    assert folding.same(f"{name}{mark}s", name)
    assert folding.same(f"{name}s{mark}", f"{name}s")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folding.fold(text)
    assert folding.fold(once) == once
    assert folding.key(folding.key(text)) == folding.key(text)


def test_no_two_of_the_names_are_one() -> None:
    assert len({folding.key(name) for name in NAMES}) == len(NAMES)


def test_a_list_is_sorted_as_on_paper() -> None:
    listed = ["Zed", "Öztürk", "Ábrahám", "Adams", "O'Neill", "Łukasz", "Oates", "Lee"]
    assert sorted(listed, key=folding.sort_key) == [
        *("Ábrahám", "Adams", "Lee", "Łukasz", "Oates", "O'Neill", "Öztürk", "Zed")
    ]


def test_words_of_a_double_name_are_whole_words() -> None:
    have = Folded.of("Zoë O'Neill-Brown")
    for typed in (["brown"], ["oneill"], ["o", "neill"], ["brown", "zoe"]):
        assert have.has_words(typed)
    assert not have.has_words(["neill"])
    assert not have.has_words(["row"])
    assert have.begins_words(["zo", "br"])


@each_case(
    ("typed", "name"),
    [
        ("amelai", "Amelia Khan"),
        ("Khan, Amelia", "Amelia Khan"),
        ("lukas", "Łukasz Nowak"),
        ("oneil", "Zoë O'Neill-Brown"),
        ("siobahn", "Siobhan Lee"),
    ],
)
def test_a_slip_or_two_is_near(typed: str, name: str) -> None:
    assert folding.slips(typed, name) is not None


@each_case(
    ("typed", "name"), [("ben", "Tim Lee"), ("amelia", "Emma Khan"), ("", "Al Li")]
)
def test_another_name_is_not_near(typed: str, name: str) -> None:
    assert folding.slips(typed, name) is None


LISTED = (*NAMES, "Isa", "Shell", "Will")


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in Names(LISTED).longest(text)]


@each_case(
    ("text", "there"),
    [
        ("Sits beside Lukasz.", ["Lukasz"]),
        ("Lukasz\u2019s group; LUKASZ", ["Lukasz", "LUKASZ"]),
        ("maryjane, mary jane, Mary\u2011Jane", ["maryjane", "mary jane", "Mary‑Jane"]),
        ("O\u2019Neill and ONEILL and o neill", ["O\u2019Neill", "ONEILL", "o neill"]),
        ("zoe oneill brown came", ["zoe oneill brown"]),
        ("Siobha\u0301n and Siob\u200bhan", ["Siobha\u0301n", "Siob\u200bhan"]),
        ("St John", ["St John"]),
        # ordinary words that only together spell a name
        ("He is a boy; she'll go. Is A", []),
        ("Mary. Jane went", []),
        ("a neill", []),
    ],
)
def test_names_in_a_text(text: str, there: list[str]) -> None:
    assert found(text) == there


@given(names, st.sampled_from(["", "'s", "\u2019s", ".", ","]))
def test_a_name_is_found_in_any_spelling(name: str, after: str) -> None:
    for spelt in (name, name.upper(), unicodedata.normalize("NFD", name)):
        said = Replacing({name: "the pupil"}).text(f"with {spelt}{after} today")
        assert said == f"with the pupil{after} today"


@given(names, st.sampled_from(folding.APOSTROPHES), st.sampled_from(folding.HYPHENS))
def test_a_name_is_found_with_any_mark(name: str, mark: str, dash: str) -> None:
    spelt = name.replace("'", mark).replace("-", dash)
    said = Replacing({name: "the pupil"}).text(f"with {spelt}{mark}s friend")
    assert said == f"with the pupil{mark}s friend"


@given(st.text())
def test_a_text_without_names_stays_as_it_is(text: str) -> None:
    assert Replacing({}).text(text) == text
    list(Names(LISTED).longest(text))


def test_figures_are_not_run_together() -> None:
    assert not folding.same("HFW 1-2", "HFW 12")
    assert folding.same("HFW 2", "hfw2")


def test_the_register_has_a_with_an_accent_under_a() -> None:
    names = [
        ("Zed", "Al"),
        ("\u00d6zt\u00fcrk", "Bo"),
        ("\u00c1brah\u00e1m", "Cy"),
        ("Adams", "Di"),
    ]
    records = [
        {"id": f"p{at}", "first_name": first, "last_name": last}
        for at, (last, first) in enumerate(names)
    ]
    ordered = sorted(records, key=lambda r: place_in_list(r, "2026-01-01"))
    assert [r["last_name"] for r in ordered] == [
        *("\u00c1brah\u00e1m", "Adams", "\u00d6zt\u00fcrk", "Zed")
    ]
