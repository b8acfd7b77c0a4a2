"""Papers about a young person: theirs first, a parent's as they agree."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def sixth_former(oak: Typed) -> None:
    oak("pupil", "add", "Noah Whittaker", "--year", "12", "--dob", "03/02/2009")
    oak("contact", "add", "noah", "Sana Whittaker", "--relationship", "mother")
    oak("contact", "add", "noah", "Col Whittaker", "--relationship", "father")
    oak("status", "set", "noah", "K", "--since", "01/09/2025")
    views = ("--parent-view", "mother: He worries", "--pupil-view", "I like music")
    oak("cycle", "open", "noah", "--date", "08/09/2025", "--assessment", "Slow", *views)


def test_the_page_is_the_young_persons(sixth_former: Typed) -> None:
    page = sixth_former("summary noah --as-at 15/10/2025").out
    assert "This page is about the extra help you get." in page
    assert "I like music" in page
    assert "He worries" not in page
    assert "Parent or carer" not in page
    before = sixth_former("summary noah --as-at 10/09/2025 --format md").out
    assert "about the extra help you get" in before


def test_a_parent_has_a_page_if_the_young_person_agrees(sixth_former: Typed) -> None:
    refused = sixth_former("summary noah --to sana", code=3)
    assert "papers go to Noah Whittaker" in refused.err
    told = [line for line in refused.err.splitlines() if "--involved" in line]
    sixth_former(told[0].partition("sen ")[2])
    page = sixth_former("summary noah --to sana").out
    assert "Noah has agreed that we keep you informed." in page
    assert "the extra help Noah gets" in page
    sixth_former("summary noah --to col", code=3)
    both = sixth_former("summary noah").out
    assert "extra help you get" in both
    assert "extra help Noah gets" in both


def test_whoever_acts_has_it_in_the_young_persons_place(sixth_former: Typed) -> None:
    sixth_former("contact set noah col --acts-for-pupil")
    page = sixth_former("summary noah").out
    assert "because you act for Noah" in page
    assert "the extra help you get" not in page
    listed = sixth_former("pupil show noah").out
    assert "acts for the pupil" in listed


def test_duties_are_said_to_be_the_young_persons(sixth_former: Typed) -> None:
    found = json.loads(sixth_former("check noah --format json", code=None).out)
    said = {p["code"]: p["message"] for p in found}
    assert said["A13"].startswith("The young person has not been told")
    sixth_former("cycle plan noah --parents-notified 09/09/2025 --date 09/09/2025")
    record = json.loads(sixth_former("pupil show noah --format json").out)
    assert record["status"][0]["told"] == [{"who": "pupil", "date": "2025-09-09"}]
    found = json.loads(sixth_former("check noah --format json", code=None).out)
    assert "A13" not in {p["code"] for p in found}


def test_nobody_named_is_whoever_it_was_owed_to(sixth_former: Typed) -> None:
    sixth_former("information add noah sendiass --date 09/09/2025")
    sixth_former("report add noah --date 10/09/2025")
    told = sixth_former("specialist refer noah EP --date 11/09/2025")
    assert "the young person's agreement is not recorded" in told.err
    sixth_former("specialist consent noah EP --date 10/09/2025")
    told = sixth_former("part-time add noah --hours 15 --from 15/09/2025")
    assert "the young person's agreement is not recorded" in told.err
    sixth_former("part-time set noah 1 --consent-date 12/09/2025")
    record = json.loads(sixth_former("pupil show noah --format json").out)
    assert record["information"][0]["to"] == "pupil"
    assert record["reports"][0]["to"] == ["pupil"]
    assert record["specialists"][0]["consent"]["by"] == "pupil"
    assert record["part_time_timetables"][0]["consent"]["by"] == "pupil"
    refused = sixth_former("specialist refer noah SALT --no-consent --date 12/09/2025")
    assert "the young person did not agree" in refused.out
    shown = sixth_former("pupil show noah").out
    assert "The young person and school" in shown
    assert "Noah Whittaker did not agree" in shown
    assert "Last report to the young person" in shown
    assert "parents" not in shown.casefold()


def test_one_command_for_many_says_whose_it_is(sixth_former: Typed) -> None:
    for name in ("Ada Reed", "Bo Reed", "Cy Reed", "Di Reed", "Ed Reed", "Flo Reed"):
        year, born = ("12", "2009") if name < "D" else ("6", "2015")
        dob = ("--dob", f"03/02/{born}")
        sixth_former("pupil", "add", name, "--year", year, *dob)
        since = f"0{len(name.split()[0])}/09/2025"  # not all on one day
        sixth_former("status", "set", name, "K", "--since", since)
    listed = sixth_former("check --format md", code=None).out
    mends = re.findall(r"sen information add .*?--date DATE", listed)
    assert len(mends) == 2
    for mend in mends:
        sixth_former(mend.replace("DATE", "01/10/2025"))
    listed = sixth_former("check --rule A10", code=None).out
    assert "information add" not in listed
    listed = sixth_former("check --format md", code=None).out
    (mend,) = re.findall(r"sen print letter-support-begins .*?letters.pdf", listed)
    sixth_former(mend)
    assert "not been told" not in sixth_former("check --rule A13", code=None).out


def test_an_answer_typed_again_keeps_its_day(oak: Typed) -> None:
    oak("pupil add 'Ewan Marsh' --year 4")
    oak("contact add ewan 'Rosa Marsh' --relationship mother")
    oak("contact add ewan 'Paul Marsh' --relationship father")
    refer = "specialist refer ewan EP --no-consent"
    oak(f"{refer} --consent mother --date 02/09/2025 --reason Slow")
    again = oak(f"{refer} --reason Slower")
    assert "dated today" not in again.err
    assert "dated today" in oak(f"{refer} --consent father").err
    assert "dated today" in oak("specialist refer ewan SALT --no-consent").err
    add = "part-time add ewan --hours 15 --from 05/09/2025 --review-by 02/10/2025"
    oak(f"{add} --consent mother --consent-date 01/09/2025")
    set_ = oak("part-time set ewan 1 --hours 16 --consent mother")
    assert "Rosa Marsh agreed on 1 September 2025" in set_.out


@pytest.mark.parametrize(
    ("year", "said"),
    [("N1", "Key person"), ("4", "Class teacher"), ("8", "Form tutor")],
)
def test_people_are_called_as_the_setting_calls_them(
    oak: Typed, year: str, said: str
) -> None:
    oak("pupil", "add", "Mia Reed", "--year", year)
    oak("status", "set", "mia", "K", "--since", "01/09/2025")
    assert said in oak("summary mia").out


def test_the_review_is_the_young_persons(sixth_former: Typed) -> None:
    sixth_former("contact set noah sana --lives-with --address '1 High Street'")
    sixth_former("ehc issue noah --date 01/09/2025 --outcome 'Reads well'")
    review = "ehc review noah --date 20/11/2025"
    sixth_former(f"{review} --time '2 pm' --invited all --invited-on 15/10/2025")
    record = json.loads(sixth_former("pupil show noah --format json").out)
    asked = record["ehc"]["reviews"][0]["invited"]
    assert [one["role"] for one in asked][:2] == ["young_person", "school"]
    page = sixth_former("print annual-review noah --part invitation --to noah").out
    assert "Noah Whittaker\n1 High Street" in page
    missing = sixth_former("print annual-review noah --part missing").out
    assert "--advice-requested young_person,school" in missing
    assert "No provision of the plan (section F) is recorded." in missing
    sixth_former("contact set noah sana --involved")
    page = sixth_former("print annual-review noah --part invitation --to sana").out
    assert "1 High Street" in page


def test_with_whom_nothing_is_shared_has_nothing(sixth_former: Typed) -> None:
    sixth_former("contact set noah sana --involved --sharing none")
    both = sixth_former("summary noah")
    assert "Nothing goes to Sana Whittaker (Noah Whittaker): sharing: none." in both.err
    assert "For Sana" not in both.out
    refused = sixth_former("summary noah --to sana", code=3)
    assert "Nothing may be shared with Sana Whittaker" in refused.err
    assert "--involved" not in refused.err


def test_who_decides_is_asked_and_no_one_else(sixth_former: Typed) -> None:
    sixth_former("contact set noah sana --involved")
    letter = "print letter-specialist-consent noah --service EP"
    assert "Dear Noah" in sixth_former(letter).out
    refused = sixth_former(f"{letter} --to sana", code=3)
    assert "the answer is for Noah Whittaker to give" in refused.err
    acts = [line for line in refused.err.splitlines() if "--acts-for-pupil" in line]
    sixth_former(acts[0].partition("sen ")[2])
    assert "Dear Sana Whittaker" in sixth_former(f"{letter} --to sana").out


def test_who_missed_a_meeting_is_told_by_name(sixth_former: Typed) -> None:
    sixth_former("contact set noah sana --involved")
    meeting = "meeting add noah --kind termly --date"
    sixth_former(f"{meeting} 02/10/2025 --invited pupil,sana --attended pupil")
    letter = sixth_former("print letter-missed-meeting noah")
    assert "Dear Sana Whittaker" in letter.out
    assert "Dear Noah" not in letter.out
    sixth_former(f"{meeting} 09/10/2025 --invited pupil,sana --attended parent")
    assert "Dear Noah" in sixth_former("print letter-missed-meeting noah --to noah").out


def test_a_referral_goes_with_the_young_persons_agreement(sixth_former: Typed) -> None:
    sixth_former("specialist refer noah EP --consent sana --date 02/10/2025")
    letter = "print letter-specialist-referral noah --service EP"
    refused = sixth_former(letter, code=3)
    assert "Ask the young person first" in refused.err
    record_it = refused.err.splitlines()[-1].partition("sen ")[2]
    assert record_it.endswith("--by pupil")
    sixth_former(f"{record_it} --date 01/10/2025")
    page = sixth_former(letter).out
    assert "share your advice with Noah" in page
    assert "family" not in page


def test_a_letter_about_a_child_is_not_addressed_to_the_child(oak: Typed) -> None:
    oak("pupil", "add", "Mia Reed", "--year", "4")
    oak("status", "set", "mia", "K", "--since", "01/09/2025")
    refused = oak("print letter-support-begins mia --to pupil", code=3)
    assert "a letter goes to the parents" in refused.err
    assert "Dear" in oak("print letter-support-begins mia").out
