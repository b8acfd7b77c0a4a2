"""Letters about a meeting that is over, reminders, and letters to professionals."""

from __future__ import annotations

import copy
import json

import pytest

from sencli.core.papers.redact import FAMILY
from sencli.core.papers.redact import rules_of
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.registry import DOCUMENTS
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.resources import folder
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import setting

MEETING = {
    "id": "t2bb",
    "date": "2025-12-12",
    "kind": "review",
    "invited": ["c4wm", "c5xn"],
    "attended": ["c4wm", "KM"],
    "agreed": "She reads at home three times a week.",
    "actions": [
        {"id": "x2bb", "text": "Send books home", "by": "KM", "due": "2025-12-19"}
    ],
}


def amelia(**more):
    record = copy.deepcopy(AMELIA)
    record["contacts"][0]["title"] = "Mrs"
    return {**record, "meetings": [MEETING], **more}


REDACTION = json.loads((folder("templates") / "redaction.json").read_text("utf-8"))
PARENT = rules_of(REDACTION, FAMILY)


def letter(document, record, **asked):
    request = PaperRequest(**asked)
    (view,) = DOCUMENTS[document].build([record], setting("2025-12-15"), request)
    return view, render([view], "text").decode()


def test_after_a_meeting():
    view, text = letter("letter-after-meeting", amelia(), to="c4wm")
    snapshot.check("letter-after-meeting.txt", view)
    assert "Thank you for talking with us about Millie." in text
    assert "We met on Friday 12 December 2025" in text
    assert "K. Morris (class teacher): Send books home (by 19 December 2025)" in text
    assert "Yours sincerely" in text
    _, text = letter("letter-after-meeting", amelia(), to="c5xn")
    assert "Thank you for talking" not in text
    assert "You could not be there" in text


def test_what_one_parent_was_told_is_not_for_the_other():
    record = amelia()
    for contact, apart in zip(record["contacts"], (True, False), strict=True):
        contact |= {"lives_with": apart, "address": f"At {contact['name']}'s"}
    _, hers = letter("letter-after-meeting", record, to="c4wm", rules=PARENT)
    assert "three times a week" in hers
    assert "Omar" not in hers
    record["cycles"] = []
    with pytest.raises(InvalidValue, match="that anybody came to"):
        letter("letter-after-meeting", record, to="c5xn", rules=PARENT)
    _, his = letter("letter-missed-meeting", record, to="c5xn", rules=PARENT)
    assert "sorry to have missed you" in his
    assert "three times a week" not in his
    assert "Sana" not in his


def test_sorry_to_have_missed_you():
    view, text = letter("letter-missed-meeting", amelia(), to="c5xn")
    snapshot.check("letter-missed-meeting.txt", view)
    assert "on Friday 12 December 2025. We hope that all is well." in text
    assert "Reply slip" in text
    with pytest.raises(InvalidValue, match="did not come"):
        letter("letter-missed-meeting", amelia(), to="c4wm")
    with pytest.raises(InvalidValue, match="10 December 2025"):
        letter(
            "letter-missed-meeting", amelia(), to="c5xn", meeting={"date": "2025-12-10"}
        )


def test_a_reminder_is_of_the_next_meeting():
    coming = {"id": "t3bb", "date": "2026-01-20", "kind": "review", "invited": ["c4wm"]}
    record = amelia(meetings=[MEETING, coming])
    asked = {"to": "c4wm", "meeting": {"time": "3.30 pm"}}
    view, text = letter("letter-review-reminder", record, **asked)
    snapshot.check("letter-review-reminder.txt", view)
    assert "Tuesday 20 January 2026" in text
    with pytest.raises(InvalidValue, match="On what day"):
        letter("letter-review-reminder", amelia(), **asked)


CONSENT = {"given": True, "by": "c4wm", "date": "2025-12-10"}
TEAM = {"id": "s2bb", "service": "Sight team", "reason": "She holds books close"}


@pytest.mark.parametrize("document", ["letter-specialist-referral", "letter-health"])
def test_a_service_is_written_to_with_consent_alone(document):
    asked = {"meeting": {"service": "Sight team"}}
    with pytest.raises(InvalidValue, match="To which service") as raised:
        letter(document, amelia())
    for entry in ([], [TEAM], [{**TEAM, "consent": {"given": False}}]):
        with pytest.raises(InvalidValue, match="agreement to share") as raised:
            letter(document, amelia(specialists=entry), **asked)
    assert "was refused" in raised.value.message
    record = amelia(specialists=[{**TEAM, "consent": CONSENT}])
    record["cycles"][0].pop("review")
    record["cycles"][0].pop("closed")
    view, text = letter(document, record, **asked)
    snapshot.check(f"{document}.txt", view)
    assert "Dear Colleague," in text
    assert (
        "Sana Khan (mother) agreed that we share this with you on 10 December" in text
    )
    assert "She holds books close" in text
    assert "born on 14 March 2017" in text
    assert "Visual timetable" in text
    assert "Yours sincerely,\n\nJ. Patel (SENCO)" in text
    assert "SENDIASS" not in text


def test_a_social_worker_is_written_to_as_a_professional():
    with pytest.raises(InvalidValue, match="No social worker is recorded"):
        letter("letter-social-worker", amelia())
    worker = {
        "id": "c6yy",
        "name": "Tess Ward",
        "title": "Ms",
        "relationship": "social worker",
        "parental_responsibility": True,
        "address": "Council House",
    }
    record = amelia()
    record["contacts"].append(worker)
    record["related_plans"] = [{"kind": "pep", "review_by": "2026-03-01"}]
    view, text = letter("letter-social-worker", record)
    snapshot.check("letter-social-worker.txt", view)
    assert "Ms Tess Ward\nCouncil House\n" in text
    assert "Dear Ms Ward," in text
    assert "the local authority holds parental responsibility" in text
    assert "You know" not in text
    assert "by 1 March 2026" in text
    with pytest.raises(InvalidValue, match="Sana Khan is no social worker"):
        letter("letter-social-worker", record, to="c4wm")
