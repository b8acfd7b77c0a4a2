"""The clocks of access and retention: month ends, weekends, school days, years."""

from __future__ import annotations

from sencli.core.handover import access_clock as access
from sencli.core.handover import retention_clock as retention
from sencli.core.school.settings import settings
from sencli.core.statutory.deadlines import BankHolidays
from sencli.core.statutory.deadlines import SchoolDays

BANK = BankHolidays()
DAYS = SchoolDays((), BANK)


def by(date: str, kind: str = access.SUBJECT, **more: object) -> str:
    return access.answer_by({"date": date, "kind": kind, **more}, DAYS, BANK)


def test_a_request_is_answered_within_the_month() -> None:
    """One calendar month, holidays within it count; its last day is a working day."""
    for came, last in (
        ("2026-09-03", "2026-10-05"),  # 3 October is a Saturday
        ("2027-01-31", "2027-03-01"),  # 28 February is a Sunday
        ("2028-01-31", "2028-02-29"),  # a leap year
        ("2027-08-31", "2027-09-30"),
        ("2026-11-25", "2026-12-29"),  # Christmas, Boxing Day, Sunday and Monday off
        ("2027-02-26", "2027-03-30"),  # Good Friday, Easter Monday
        ("2026-07-20", "2026-08-20"),  # the holidays count
    ):
        assert by(came) == last, came
    more = {"extended": {"date": "2026-09-10", "reason": "long"}}
    assert by("2026-09-03", **more) == "2026-12-03"
    assert by("2026-11-30", **more) == "2027-03-01"  # 28 February, a Sunday
    # proof of who asks was asked for: from when it came, and meanwhile as if it had not
    asked = {"identity_asked": "2026-09-04"}
    assert by("2026-09-03", **asked) == "2026-10-05"
    assert by("2026-09-03", **asked, identity_checked="2026-09-16") == "2026-10-16"
    assert by("2026-09-03", identity_checked="2026-09-16") == "2026-10-05"
    # a parent's own right: 15 school days, none of them in August or a holiday
    assert by("2026-09-03", access.EDUCATIONAL) == "2026-09-24"
    assert by("2026-07-27", access.EDUCATIONAL, **asked) == "2026-09-15"


def leaver(**more: object) -> dict:
    roll = [{"from": "2014-09-01", "until": "2020-07-20"}]
    born = {"id": "p2345678", "first_name": "Amelia", "last_name": "Khan"}
    return {**born, "date_of_birth": "2008-02-29", "roll": roll, **more}


def test_a_record_is_kept_by_the_policy() -> None:
    usual = settings({})
    plan = {"status": [{"from": "2015-01-01", "provision": "E"}]}
    gone = {"roll": [{"from": "2014-09-01", "until": "2020-07-20"}]}
    gone["roll"][0]["records_sent"] = "2020-07-21"
    own = settings({"settings": {"retention_passed_on_years": 1}})
    for record, policy, last in (
        (leaver(), usual, "2033-03-01"),  # never sooner than 25 years
        (leaver(**plan), usual, "2039-03-01"),
        (leaver(ehc={"plans": [{"id": "e2345678"}]}), usual, "2039-03-01"),
        (leaver(**gone), usual, "2033-03-01"),
        (leaver(**gone), own, "2021-07-20"),
        (leaver(), own, "2033-03-01"),  # nobody has it after us
        (leaver(date_of_birth=None), usual, ""),
    ):
        assert retention.kept_until(record, policy)[0] == last, record
    for day, state in (("2033-02-28", "kept"), ("2033-03-01", "review")):
        assert retention.clock(leaver(), usual, day).state == state, day
    assert retention.due_words({**leaver(), "roll": []}, usual, "2040-01-01") is None
    held = {"holds": [{"id": "u1", "from": "2033-01-01", "reason": "A claim"}]}
    now = retention.clock(leaver(retention=held), usual, "2034-01-01")
    assert (now.state, now.due, now.holds) == ("held", "", ("A claim",))
    held["holds"][0]["until"] = "2035-05-05"
    now = retention.clock(leaver(retention=held), usual, "2034-01-01")
    assert (now.state, now.due) == ("held", "2035-05-05")
    assert (
        retention.clock(leaver(retention=held), usual, "2035-05-06").state == "review"
    )
    kept = {"id": "l1", "date": "2033-04-01", "decision": "keep", "reason": "sister"}
    kept["until"] = "2036-01-01"
    reviewed = {"reviews": [kept]}
    assert retention.clock(leaver(retention=reviewed), usual, "2034-01-01").state == (
        "kept"
    )
    told = retention.due_words(leaver(retention=reviewed), usual, "2034-01-01")
    assert told is not None
    assert told[0] == "2036-01-01"
    assert "sister" in told[1]
    reviewed["reviews"].append({**kept, "decision": "erase"})
    told = retention.due_words(leaver(retention=reviewed), usual, "2034-01-01")
    assert told is not None
    assert told[1].startswith("Erase the record")
