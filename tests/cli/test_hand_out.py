"""Papers for one reader: checked, redacted, recorded, verified, over real records."""

from __future__ import annotations

import json
import re

import pytest

from sencli.store.history.versions import recent
from sencli.store.repository.repository import Message
from sencli.store.repository.repository import Repository
from tests.conftest import Typed
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import GROUPS
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL

DAY = "2025-12-15"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
CONTACTS = [
    {
        "id": "c4wm",
        "name": "Sana Khan",
        "relationship": "mother",
        "parental_responsibility": True,
        "sharing": "full",
        "language": "Polish",
    },
    {
        "id": "c5xn",
        "name": "Omar Khan",
        "relationship": "father",
        "parental_responsibility": True,
        "sharing": "none",
    },
]


@pytest.fixture
def school(oak: Typed, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Oak Primary with three pupils, on 15 December 2025."""
    monkeypatch.setenv("SENCLI_TODAY", DAY)
    repo = Repository.find(str(oak.folder))

    def act(draft):
        draft.put("school.yaml", {**draft.read("school.yaml"), **SCHOOL})
        draft.put("provisions.yaml", PROVISIONS)
        draft.put("groups.yaml", GROUPS)
        for record in ({**AMELIA, "contacts": CONTACTS}, BEN, CHLOE):
            draft.put(f"pupils/{record['id']}.yaml", record)
        return Message("test.fill", "Fill the school")

    repo.change(act)
    return oak


def record(school, pupil="p7k2q"):
    return Repository.find(str(school.folder)).pupil(pupil)


def commits(school):
    return len([*recent(Repository.find(str(school.folder)).git, 0)])


def test_the_notification_is_recorded_in_one_commit_and_meets_the_rule(school):
    untold = "Parents have not been told"
    assert untold in school("check amelia", code=None).both
    before = commits(school)
    got = school("print letter-support-begins amelia --record --lang en")
    assert commits(school) == before + 1
    assert "Dear Sana Khan," in got.out
    assert "Nothing goes to Omar Khan" in got.err
    kept = record(school)
    assert kept["status"][0]["told"] == [{"who": "c4wm", "date": DAY, "how": "letter"}]
    (paper,) = kept["issued"]
    assert (paper["document"], paper["to"]) == ("letter-support-begins", "c4wm")
    assert paper["content"] == CODE.search(got.out)[0]
    assert untold not in school("check amelia", code=None).both


def test_without_record_nothing_is_written(school):
    before = commits(school)
    school("print letter-support-begins amelia")
    school("summary amelia")
    assert commits(school) == before


def test_an_invitation_is_recorded_as_one(school):
    when = "--on 20/01/2026 --time '3.30 pm'"
    school(f"print letter-review-invitation amelia {when} --record")
    (meeting,) = record(school)["meetings"]
    assert meeting["date"] == "2026-01-20"
    assert meeting["invited"] == ["c4wm"]
    assert record(school)["issued"][0]["document"] == "letter-review-invitation"


def test_the_other_letters_are_recorded(school):
    school(
        "print", "letter-specialist-consent", "amelia", "--service", "EP", "--record"
    )
    (paper,) = record(school)["issued"]
    assert paper["document"] == "letter-specialist-consent (Educational psychologist)"
    (entry,) = record(school)["specialists"]
    assert entry["service"] == "Educational psychologist"
    assert [told["who"] for told in entry["asked"]] == ["c4wm"]
    assert "referred" not in entry
    assert "parents asked" in school("pupil show amelia").out
    # their answer goes where the question stands, and the rule is met
    school("specialist consent amelia EP --by sana")
    school("specialist refer amelia EP")
    (entry,) = record(school)["specialists"]
    assert entry["asked"]
    assert entry["consent"]["given"]
    assert "C06" not in school("check amelia", code=None).out


def test_a_letter_lacks_its_specialist(school):
    got = school("print letter-specialist-consent amelia --record", code=3)
    assert "Which specialist" in got.err
    assert "issued" not in record(school)


def test_the_last_letter_is_recorded(school):
    school("status set amelia N --since 14/12/2025")
    school("print letter-support-ends amelia --record")
    ended = record(school)["status"][-1]
    assert ended["told"][0]["who"] == "c4wm"


def test_sharing_none_gets_nothing_with_a_clear_word(school):
    for line in (
        "summary amelia --to omar",
        "print letter-support-begins amelia --to omar --record",
        "print case amelia --for parent --to omar",
    ):
        got = school(line, code=3)
        assert "Nothing may be shared with Omar Khan" in got.err
        assert got.out == ""
    assert "issued" not in record(school)


def test_no_parent_gets_anything_where_none_may(school):
    school("contact set amelia sana --sharing none")
    for line in ("summary amelia --to parent", "print case amelia --for parent"):
        got = school(line, code=3)
        assert "Nothing may be shared with Sana Khan" in got.err
        assert got.out == ""
    assert "Support for" in school("summary amelia --to pupil --lang en").out


def test_the_language_of_the_family_by_itself(school):
    # the father gets nothing, so that the mother's language is the family's
    got = school("summary --class 4B")
    assert "Wsparcie: Millie Khan" in got.out
    assert "Nothing goes to Omar Khan (Millie Khan): sharing: none." in got.err
    assert "Support for Millie Khan" in school("summary amelia --lang en").out
    school("contact set amelia omar --sharing full --language Urdu")
    assert "Support for Millie Khan" in school("summary amelia").out


def test_the_language_of_the_contact(school):
    got = school("summary amelia --to sana")
    assert "Wsparcie: Millie Khan" in got.out
    assert "native reader" in got.err
    assert "Support for Millie Khan" in school("summary amelia --to sana --lang en").out


def test_the_guard_tells_the_field_and_the_command_and_can_refuse(school):
    path = "cycles[y2qf].plan.outcomes[o8fd].outcome"
    school("pupil", "set", "amelia", f"{path}=Ben and she know the HFW list")
    got = school("summary amelia --lang en")
    assert f"{path} names another child (Ben)" in got.err
    assert "HFW" in got.err
    assert f'sen pupil set p7k2q "{path}=WORDS"' in got.err
    assert "Support for Millie Khan" in got.out
    strict = school("summary amelia --lang en --strict", code=3)
    assert strict.out == ""


def test_one_file_each_named_by_id(school):
    school("status set ben K --since 2025-11-03")
    school("summary amelia ben chloe --each --output out")
    names = sorted(path.name for path in (school.folder / "out").iterdir())
    named = ["summary-p7k2q-c4wm.pdf", "summary-pb3nd.pdf", "summary-pc9ry.pdf"]
    assert names == named
    again = school("summary amelia --each --output out", code=2)
    assert "--force" in again.err
    school("summary amelia --each --output out --force")
    assert "--output FOLDER" in school("summary amelia --each", code=2).err


def test_all_who_have_a_review_this_week(school):
    assert "Nobody" in school("summary --due-this-week", code=2).err
    got = school("summary --due-this-week", today="2025-12-03")
    assert "Chloé O'Neill" in got.out
    assert "Millie" not in got.out


def test_since_the_last_meeting(school):
    got = school("summary amelia --since last-meeting --lang en", today="2025-12-20")
    assert "What has happened since 11 December 2025" in got.out
    got = school("summary", "amelia", "--since", "01/10/2025", "--lang", "en")
    assert "37 words of 100 on 17 October 2025" in got.out


def test_a_case_for_a_reader_is_recorded_and_verified(school):
    got = school("print case amelia --for inspector --record --to Ofsted")
    assert "What is missing" in got.out
    assert "Left out for an inspector" in got.out
    assert "P999900024001" not in got.out
    (paper,) = record(school)["issued"]
    assert (paper["to"], paper["audience"]) == ("Ofsted", "inspector")
    code = CODE.search(got.out)[0]
    still = school(f"verify {code}")
    assert "still says what the records say" in still.out
    assert "to Ofsted" in still.out
    school("pupil set amelia known_as=Amy")
    changed = school(f"verify {code.lower()}", code=1)
    assert "known_as" in changed.out
    data = json.loads(school(f"verify {code} --format json", code=1).out)
    assert data["current"] is False
    assert data["changes"][0]["path"] == "known_as"


def code_of(school, line, **more):
    return CODE.search(school(line, **more).out)[0]


def test_a_paper_of_some_pupils_or_of_another_day_is_found_again(school):
    some = code_of(school, "print map amelia chloe --year 2025-26")
    then = code_of(school, "print case amelia --as-at 01/11/2025")
    room = code_of(school, "print class-map --class 4B")
    both = code_of(school, "print map amelia chloe --year 2025-26 --as-at 01/11/2025")
    day = "--as-at 01/11/2025"
    assert "2 pupils" in school(f"verify {some} amelia chloe").out
    assert "as at 1 November 2025" in school(f"verify {then} {day}").out
    assert "as at 1 November 2025" in school(f"verify {both} amelia chloe {day}").out
    assert "still says" in school(f"verify {room}").out
    assert "--as-at" in school(f"verify {then}", code=4).err
    school("pupil set amelia known_as=Amy")
    for line in (
        f"verify {some} amelia chloe",
        f"verify {then} {day}",
        f"verify {both} amelia chloe {day}",
    ):
        got = school(line, code=1)
        assert "known_as: Millie -> Amy" in got.out
    data = json.loads(school(f"verify {then} {day} --format json", code=1).out)
    assert data["as_at"] == "2025-11-01"


def test_a_paper_of_many_is_known_after_an_edit_that_is_not_saved(school):
    every = CODE.search(school("print register").out)[0]
    path = school.folder / "pupils" / f"{AMELIA['id']}.yaml"
    text = path.read_text("utf-8").replace("Millie", "Amy")
    path.write_text(text, "utf-8", newline="\n")
    assert "known_as: Millie -> Amy" in school(f"verify {every}", code=1).out


def test_codes_of_several_pupils_and_codes_that_never_were(school):
    code = CODE.search(school("print register").out)[0]
    assert "still says" in school(f"verify {code}").out
    assert "is not a check code" in school("verify hello", code=3).err
    assert "none ever had" in school("verify 0000-0000-0000-0000", code=4).err


@pytest.mark.parametrize(
    "paper", ["case", "summary", "profile", "support-plan", "letter-support-begins"]
)
def test_one_childs_paper_without_a_name_is_refused_with_the_papers_there_are(
    school, paper
):
    got = school(f"print {paper} amelia --for governor --record --to Chair", code=2)
    assert "a paper about one child tells who it is" in got.err
    assert got.out == ""
    assert "issued" not in record(school)
    offered = got.err.rpartition("sen ")[2].strip()
    told = school(offered).out
    for name in ("Amelia", "Millie", "Khan", "P999900024001"):
        assert name not in told


def test_what_is_not_for_a_reader_stays_out_of_every_format(school):
    for fmt in ("text", "json", "html", "md"):
        got = school(f"print case amelia --for inspector --format {fmt}").out
        assert "P999900024001" not in got


def test_another_child_is_named_to_no_reader_unnoticed(school):
    said = "cycles[y2qf].assess.teacher_assessment=HFW beside Ben"
    school("pupil", "set", "amelia", said)
    got = school("print case amelia --for inspector")
    assert "names another child (Ben)" in got.err
    assert "may not know" not in got.err
    assert school("print case amelia --for inspector --strict", code=3).out == ""


def test_options_of_one_pupils_papers_do_not_go_with_the_whole_school(school):
    got = school("print register --strict", code=2)
    assert "--strict goes with papers about one pupil" in got.err


def test_several_cases_in_one_file(school):
    got = school("print case amelia chloe --for inspector").out
    assert "Case: Amelia Khan" in got
    assert "Case: Chloé O'Neill" in got


def test_a_schools_own_wording_theme_and_rules(school):
    own = school.folder / "templates"
    (own / "wording").mkdir(parents=True, exist_ok=True)
    (own / "wording" / "en.json").write_text(
        '{"summary": {"heard": "Your voices"}}', "utf-8", newline="\n"
    )
    assert "Your voices" in school("summary amelia --lang en").out
    (own / "theme.json").write_text("{not json", "utf-8", newline="\n")
    assert "theme.json" in school("doctor", code=1).out
    (own / "theme.json").unlink()
    (own / "redaction.json").write_text(
        '{"audiences": {"parent": {"views": "x"}}}', "utf-8", newline="\n"
    )
    assert "redaction.json" in school("doctor", code=1).out
    (own / "redaction.json").unlink()
    (own / "wording" / "en.json").write_text(
        '{"summary": {"title": "Of {cost}"}}', "utf-8", newline="\n"
    )
    assert "summary.title asks for {cost}" in school("doctor", code=1).out
    (own / "wording" / "en.json").unlink()
    assert "templates work" in school("doctor", code=None).out


def test_the_doctor_looks_over_a_schools_own_templates(school):
    own = school.folder / "templates"
    (own / "wording").mkdir(parents=True, exist_ok=True)

    def said(name, text):
        (own / name).write_text(text, "utf-8", newline="\n")
        got = school("doctor", code=None).out
        (own / name).unlink()
        return " ".join(got.split())

    assert "themes.json is read by nothing" in said("themes.json", "{}")
    assert "theme.json: colour means nothing" in said("theme.json", '{"colour": 1}')
    assert "too pale" in said("theme.json", '{"ink": "#cccccc"}')
    assert "work" in said("theme.json", '{"ink": "#222222"}')
    typo = said("wording/en.json", '{"summary": {"herd": "Voices"}}')
    assert "summary.herd is the name of no text" in typo
    assert "summary.heard" in typo
    welsh = '{"language": "Welsh", "summary": {"heard": "Lleisiau"}}'
    assert "cy.json lacks" in said("wording/cy.json", welsh)
    assert "templates work" in said("wording/cy.json", welsh)
    # words of the trade that the school adds itself are no slip
    assert "templates work" in said("wording/en.json", '{"jargon": {"XYZ": "x"}}')


def test_the_record_of_a_paper_needs_a_reader_and_today(school):
    assert "--to WHO" in school("summary amelia --record", code=2).err
    late = school("summary amelia --record --to sana --as-at 01/12/2025", code=2)
    assert "Only a paper of today" in late.err


def test_what_cannot_be_written_is_refused_before_it_is_recorded(school, tmp_path):
    there = tmp_path / "there.html"
    there.write_text("mine", "utf-8", newline="\n")
    was = school("history amelia --format json").out
    given = "summary amelia --record --to sana"
    assert "is there already" in school(f"{given} --output {there}", code=2).err
    folder = tmp_path / "papers"
    school(f"summary amelia --each --format text --output {folder}")
    (paper,) = folder.iterdir()
    paper.write_text("mine", "utf-8", newline="\n")
    got = school(f"{given} --each --format text --output {folder}", code=2)
    assert f"{paper} is there already" in got.err
    assert there.read_text("utf-8") == paper.read_text("utf-8") == "mine"
    assert school("history amelia --format json").out == was


@pytest.mark.parametrize(
    ("damaged", "damage"),
    [
        ("pupil", "a: ["),
        ("pupil", None),
        ("pupil", "schema: 1\nid: p9x4m\nissued: 5\nplacements: 3\n"),
        ("groups.yaml", "a: ["),
        ("groups.yaml", "schema: 1\ngroups: 5\n"),
    ],
)
def test_a_damaged_record_stops_no_paper_of_another_pupil(school, damaged, damage):
    alone = code_of(school, "print case amelia")
    every = CODE.search(school("print register").out)[0]
    (other,) = (
        p for p in school.folder.glob("pupils/*") if "Ben" in p.read_text("utf-8")
    )
    place = other if damaged == "pupil" else school.folder / damaged
    own = code_of(school, "print case ben")
    place.unlink()
    if damage is not None:
        place.write_text(damage, "utf-8", newline="\n")
    codes = (alone, every, f"{alone} amelia", f"{own} ben", f"{own} {other.stem}")
    for code in codes:
        got = school(f"verify {code}")
        assert "still says what the records say" in got.out
    got = school(f"verify {every}")
    assert place.name in school(f"verify {every}").err
    assert "as it was saved last" in got.err
    assert "none ever had" in school("verify 0000-0000-0000-0000", code=4).err


def test_letters_after_a_meeting_and_to_professionals(school):
    for line in ("letter-missed-meeting amelia", "letter-after-meeting ben"):
        assert "record" in school(f"print {line}", code=None).err
    school("meeting add amelia --date 12/12/2025 --attended sana,KM --agreed 'Books'")
    told = school("print letter-after-meeting amelia --record --lang en")
    assert "What we agreed:" in told.out
    assert "Omar Khan" in told.err
    assert "Omar" not in told.out
    (kept,) = record(school)["meetings"]
    assert kept["record_given"] == "2025-12-12" or kept["record_given"] == DAY
    refused = school("print letter-health amelia --service OT", code=3)
    assert "--by WHO" in refused.err
    school("specialist consent amelia 'Occupational therapist' --by sana")
    told = school("print letter-health amelia --service OT")
    assert "Occupational therapist\n" in told.out
    school("print letter-health amelia --service OT --for parent", code=2)
    school("print letter-social-worker amelia", code=3)
    school("print letter-specialist-referral amelia --service OT --record")
    assert record(school)["issued"][-1]["audience"] == "agency"
    assert "breach" not in school("verify").both
