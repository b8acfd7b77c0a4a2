from __future__ import annotations

import json

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.papers.plain_english import Guard
from sencli.core.papers.plain_english import Text
from sencli.core.papers.plain_english import texts
from sencli.core.record.find import PupilName
from sencli.core.text.reading_age import reading_age
from sencli.core.text.reading_age import syllables
from sencli.resources import folder
from sencli.rules.planning import short
from tests.cases import each_case
from tests.documents.example import AMELIA
from tests.documents.example import words

SCHEMA = json.loads((folder("schemas") / "pupil.schema.json").read_text("utf-8"))
PUPILS = (
    PupilName("p7k2q", "Amelia", "Khan", "Millie"),
    PupilName("pb3nd", "Ben", "Adeyemi"),
    PupilName("pc9ry", "Chloé", "O'Neill"),
    PupilName("pd4xx", "Will", "Hope"),
    PupilName("pe5yy", "Sana", "Ali"),
    PupilName("pf6zz", "Ella-Mae", "Gorman"),
    PupilName("pg7aa", "Grace", "Pemberton"),
    PupilName("ph8bb", "May", "Lin"),
    PupilName("pi9cc", "Hope", "Jones"),
    PupilName("pj2dd", "Summer", "Day"),
    PupilName("pk3ee", "Łukasz", "Nowak"),
    PupilName("pl4ff", "D'Arcy", "Lee"),
    PupilName("pm5gg", "Mary Jane", "Orr"),
    PupilName("pn6hh", "Isa", "Bello"),
    PupilName("po7ii", "Öztürk", "Kaya"),
)
GUARD = Guard(words().section("jargon"), PUPILS, ["K. Morris", "B. Ali"], 12)


def kinds(text, *, spoken=False):
    one = Text("plan.outcomes[o8fd].outcome", text, "sen ...", spoken)
    return [remark.kind for remark in GUARD.remarks([one], AMELIA)]


@each_case(
    ("text", "expected"),
    [
        ("Reads 60 common words on sight", []),
        ("Has SLCN and SEMH needs", ["code", "code"]),
        ("The EHCP and the APDR", ["code", "code"]),
        ("Works on phonological awareness", ["jargon"]),
        ("Phonological Awareness in the morning", ["jargon"]),
        ("Learns with XQZ twice a week", ["code"]),
        ("Class 4B reads; PE is fun, and SEN support helps", []),
        ("Sits beside Ben", ["name"]),
        ("Plays Ben's game", ["name"]),
        ("Chloé helps", ["name"]),
        ("Amelia and Millie Khan", []),
        ("The benefit of a bench", []),
        ("Will she read? I hope so", []),
        ("Plays with Will Hope", ["name"]),
        ("Sana reads with her", []),
        ("Mr Morris and Mrs Ali help", []),
        # however it is typed
        ("sits beside ben", ["name"]),
        ("SITS BESIDE BEN", ["name"]),
        ("Ben-style writing", ["name"]),
        ("Chloe helps", ["name"]),
        ("Works with Chloé\u2019s group", ["name"]),
        ("Likes ella and Ella-Mae", ["name"]),
        ("Sits beside H.J. in class", ["name"]),
        # whatever letters, apostrophes and hyphens it is typed with
        ("Sits beside Lukasz", ["name"]),
        ("Sits beside lukasz`s friend", ["name"]),
        ("Sits beside Ł.N. in class", ["name"]),
        ("Fights with Darcy, D`Arcy and d\u2019arcy", ["name"]),
        ("Fights with D\u02bcArcy\u2019s cousin", ["name"]),
        ("Reads with Mary-Jane, maryjane or mary jane", ["name"]),
        ("Chloe\u0301 and Chlo\u200bé help", ["name"]),
        ("Beside ella\u2011mae", ["name"]),
        ("Beside ozturk", ["name"]),
        ("He is a boy and is able", []),
        # words that are names, where a word would have no capital
        ("Plays with Will at lunch", ["name"]),
        ("Will and a friend fell out", ["name"]),
        ("Will's game", ["name"]),
        ("Grace helps at lunch", ["name"]),
        ("She is with Grace again", ["name"]),
        ("Moves with grace. Grace under pressure", []),
        ("Does it with hope and joy", []),
        ("We meet in May, or by 3 May", []),
        ("Between April and May it got better", []),
        ("May we ask? May she stay?", []),
        ("Fell out with May on the field", ["name"]),
        ("Summer was hard; from Autumn on it is better", []),
    ],
)
def test_what_a_parent_may_stumble_over(text, expected):
    assert kinds(text) == expected


def test_a_brother_who_is_a_contact_may_be_named():
    brother = {"id": "cbro", "name": "Ben Khan", "relationship": "brother"}
    record = {**AMELIA, "contacts": [*AMELIA.get("contacts", ()), brother]}

    def found(text):
        return GUARD.remarks([Text("x", text, "sen ...")], record)

    assert not found("Ben walks her home")
    # but not the other child of that name
    (remark,) = found("Ben Adeyemi walks her home")
    assert "Ben Adeyemi" in remark.message


def test_somebodys_own_words_stay_but_for_another_childs_name():
    assert kinds("SLCN is what they say", spoken=True) == []
    assert kinds("Ben hits her", spoken=True) == ["name"]


def test_long_words_and_sentences_need_an_older_reader():
    easy = "She can read the book. She likes the cat. We help her to find new words."
    hard = (
        "Consolidating comprehension notwithstanding considerable difficulties "
        "necessitates individualised, systematically structured methodologies that "
        "accommodate characteristics of idiosyncratic understanding"
    )
    assert reading_age(easy) < 9
    assert reading_age(hard) > 16
    assert reading_age("Too short to say") is None
    assert "reading age" in kinds(hard)
    assert kinds(easy) == []


@each_case(
    ("word", "count"),
    [("cat", 1), ("reading", 2), ("table", 2), ("helped", 1), ("comprehension", 4)],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_a_remark_names_the_field_and_the_command():
    printed = "… Reads 60 common words on sight …"
    (found,) = texts(AMELIA, SCHEMA, printed)
    assert found.path == "cycles[y2qf].plan.outcomes[o8fd].outcome"
    assert found.command == f'sen pupil set p7k2q "{found.path}=WORDS"'


def test_a_wording_that_a_finding_cuts_is_printed():
    long = "Sits beside Ben and works for ten minutes on his own"
    record = {"id": "p7k2q", "concerns": [{"concern": long}]}
    printed = f"Outcome 1 ({short(long)}) is without a target."
    (found,) = texts(record, SCHEMA, printed)
    assert [r.kind for r in GUARD.remarks([found], AMELIA)] == ["name"]


def test_only_what_is_printed_is_judged():
    assert texts(AMELIA, SCHEMA, "nothing of it") == []


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_judged(text):
    age = reading_age(text)
    assert age is None or isinstance(age, float)
    kinds(text)
