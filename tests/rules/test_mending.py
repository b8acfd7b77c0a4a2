"""Every command that mends a finding, typed as written, makes the finding go away."""

from __future__ import annotations

import os
import shlex

import pytest

from sencli.core.text.placeholders import in_word
from sencli.rules import RULES
from sencli.rules import findings
from sencli.rules import whole_school
from sencli.rules.example import EXAMPLE_DAY
from sencli.rules.example import EXAMPLE_PROVISIONS
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import example
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from tests.conftest import Typed

PUPIL = "p7k2q"
ROUNDS = 4

# These point to something to look at or to print, and the record shows it elsewhere.
POINTERS = {"B16", "C10", "K6"}

# What a person writes in the place of each placeholder.
EVERYBODY = "parent,pupil,teacher,senco"
WORDS = {
    "DATE": EXAMPLE_DAY,
    "WHO": EVERYBODY,
    "VALUE": "22",
    "TARGET": "60",
    "TYPE": "SLCN",
    "INITIALS": "KM",
    "CONCERN": "1",
    "PROVISION": "precision-teaching",
    "SERVICE": "Educational psychologist",
    "RESULT": "on_track",
    "IMPACT": "0",
    "DECISION": "adapt",
    "NUMBER": "1",
    "MINUTES": "60",
    "YEAR": "4",
    "AREA": "employment",
    "COURSE": "Elklan",
    "OUTCOME": "Reads 60 common words",
    "PLACE": "The office",
    "SCHOOL": "Elm High",
    "yes|no": "no",
    "keep|amend|cease": "keep",
    "accepted|adapted|declined": "accepted",
    "N|K|E": "K",
    "K|E": "K",
}
# Where the example's record asks for something else.
OTHERWISE = {
    "A02": {"yes|no": "yes"},
    "A03": {"DATE": "2025-09-15"},
    "P09": {"WHO": "parent"},
    "A08": {"DATE": "2025-09-12"},
    "A10": {"WHO": "parent"},
    "A13": {"WHO": "parent"},
    "B02": {"WHO": "teacher,senco"},
    "B06": {"WHO": "parent", "DATE": "2025-09-30"},
    "C05": {"WHO": "parent"},
    "C06": {"WHO": "parent", "DATE": "2025-09-30"},
    "C07": {"WHO": "parents,staff"},
    "C09": {"yes|no": "yes"},
    "D02": {
        "WHO": "parent,school,authority,health,social_care",
        "DATE": "2026-01-12",
    },
    "D03": {"DATE": "2026-01-16"},
    "D05": {"DATE": "2026-02-12"},
    "K10": {"K|E": "E"},
    "K15": {"DATE": "2025-09-01"},
    "K4": {"NUMBER": "2"},
    "K8": {"DATE": "2026-03-15"},
    "K2": {"DATE": "2025-09-30"},
    "P01": {"WHO": "parent"},
}
# What the smallest record lacks and the command needs.
BESIDE = {
    "C08": {
        "cycles": [
            {
                "id": "y2qf",
                "assess": {"date": "2025-11-24"},
                "plan": {"outcomes": [{"id": "o8fd", "outcome": "Reads at home"}]},
            }
        ]
    }
}

# How to meet a rule, as a person would type it on the day of the example.
MEETS = {
    "A01": "sen pupil baseline p7k2q --date 20/09/2025 --summary 'Counts to 5'",
    "A02": "sen consider p7k2q disability --conclusion yes --adjustment 'Front row'",
    "A05": "sen concern set p7k2q 1 --response 'Eye test asked for'",
    "A06": "sen consider p7k2q causes_of_behaviour --reason 'Bereaved in May'",
    "A07": "sen consider p7k2q eal --conclusion yes --reason 'Urdu is behind too'",
    "A09": "sen meeting add p7k2q --kind early_discussion --record-given 12/09/2025",
    "A10": "sen information add p7k2q sendiass --to parent --date 16/03/2026",
    "B06": "sen specialist refer p7k2q SALT --consent parent --date 01/10/2025",
    "C01": "sen transition add p7k2q --to 'Elm High' --actions 'Two visits'",
    "C04": "sen consider p7k2q specialist --conclusion not_yet --reason 'Just begun'",
    "C05": "sen specialist refer p7k2q EP --consent parent",
    "C06": "sen specialist consent p7k2q EP --by parent --date 25/09/2025",
    "C07": "sen specialist share p7k2q EP --with parents,staff --date 24/11/2025",
    "C08": "sen specialist advise p7k2q EP --decision accepted --outcome 1",
    "C09": "sen ehc request p7k2q --date 12/01/2026 --by parent",
    "D01": "sen ehc review p7k2q --date 01/02/2026",
    "D04": "sen ehc review p7k2q --outcome 1=on_track",
    "D06": "sen ehc review p7k2q --decision keep --decided 27/02/2026",
    "D07": "sen ehc review p7k2q --employment Words --independent-living Words "
    "--participation Words",
    "D10": "sen ehc review p7k2q --parent-view Happier --pupil-view 'To be a chef'",
    "D11": "sen ehc review p7k2q --target 'Asks for help (by 17/07/2026)'",
    "D12": "sen ehc issue p7k2q --shared-with-staff 12/06/2025",
    "P01": "sen report add p7k2q --date 11/07/2025 --to parent",
    "P02": "sen meeting add p7k2q --date 16/03/2026 --attended parent,teacher",
    "P03": "sen meeting add p7k2q --school-does A --parent-does B --pupil-does C",
    "P04": "sen meeting set p7k2q 1 --led-by KM",
    "P05": "sen meeting add p7k2q --date 02/02/2026 --pupil-view PE --how drawing",
    "P06": "sen meeting add p7k2q --record-given today --shared-with-staff today",
    "P13": "sen plan-elsewhere add p7k2q pep --informed 22/09/2025",
    "P14": "sen plan-elsewhere add p7k2q healthcare_plan --reference 'The office'",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """One repository for all rules: each puts its own failing record there."""
    folder = tmp_path_factory.mktemp("mending")
    git = folder / "gitconfig"
    git.write_text(
        "[user]\n\tname = J. Patel\n\temail = senco@oak.example\n",
        "utf-8",
        newline="\n",
    )
    before = {n: os.environ.get(n) for n in ("SENCLI_TODAY", "GIT_CONFIG_GLOBAL")}
    os.environ.update(SENCLI_TODAY=EXAMPLE_DAY, GIT_CONFIG_GLOBAL=str(git))
    Typed(folder)("init", "oak", "--school", "Oak Primary", "--senco", "J. Patel")
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    return folder / "oak"


@pytest.fixture
def school(place, monkeypatch):
    monkeypatch.setenv("SENCLI_TODAY", EXAMPLE_DAY)
    return Typed(place)


def begin(place, rule):
    """Put the rule's failing record, and the school of its example."""

    def act(draft):
        fails = {**BESIDE.get(rule.code, {}), **rule.fails}
        draft.put(f"pupils/{PUPIL}.yaml", example(fails))
        draft.put("school.yaml", {**EXAMPLE_SCHOOL, **rule.school})
        draft.put("provisions.yaml", dict(EXAMPLE_PROVISIONS))
        return Message("pupil.set", "Begin again")

    Repository.find(str(place)).change(act)


def found(place, rule):
    """What the rule finds in the records as they are now."""
    here = Repository.find(str(place))
    record, school, books = here.pupil(PUPIL), here.school(), here.provisions()
    if rule.scope == "school":
        return whole_school(
            [record], school, EXAMPLE_DAY, provisions=books, rules=[rule]
        )
    return findings(record, school, EXAMPLE_DAY, provisions=books, rules=[rule])


def filled(line, rule):
    """The command as a person types it, what only a person can say put in."""
    known = {**WORDS, **OTHERWISE.get(rule.code, {})}
    words = [fill(word, known) for word in shlex.split(line)[1:]]
    return [*words, "--yes"] if words[0] == "remove" else words


def fill(word, known):
    """A word with a person's own in the place of the placeholder in it."""
    found = in_word(word)
    if not found:
        return word
    return word[: word.rindex(found)] + known.get(found, "Words of the SENCO")


def saved(place):
    """All that is saved: the record, its school, the catalogue."""
    here = Repository.find(str(place))
    return [here.pupil(PUPIL), here.school(), here.provisions()]


def named(rules):
    return pytest.mark.parametrize("rule", rules, ids=lambda rule: rule.code)


@named(RULES)
def test_what_it_says_answers_for_nobody(rule, place, school):
    begin(place, rule)
    before = saved(place)
    lines = [finding.mend for finding in found(place, rule)]
    for line in [*lines, rule.meet.replace("PUPIL", PUPIL)]:
        result = school(*shlex.split(line)[1:], code=None)
        assert saved(place) == before, line
        if any(map(in_word, shlex.split(line))):
            assert result.code == 3, line
            assert result.err.count("\n") >= 2, line


@named([rule for rule in RULES if rule.code not in POINTERS])
def test_what_is_found_is_mended_by_what_it_says(rule, place, school):
    begin(place, rule)
    left = found(place, rule)
    assert left
    for _ in range(ROUNDS):
        for finding in left:
            school(*filled(finding.mend, rule))
        left = found(place, rule)
        if not left:
            break
    assert [finding.message for finding in left] == []


@named([rule for rule in RULES if rule.code in MEETS])
def test_the_way_to_meet_it_meets_it(rule, place, school):
    begin(place, rule)
    assert found(place, rule)
    school(MEETS[rule.code])
    assert [finding.message for finding in found(place, rule)] == []
