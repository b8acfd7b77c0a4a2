"""Requests for what is held, and how long records are kept: typed, due, refused."""

from __future__ import annotations

import json

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def amelia(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan' --year-group 4 --class 4B --dob 03/04/2016")
    mother = "'Nadia Khan' --relationship mother --parental-responsibility"
    oak(f"contact add amelia {mother}")
    oak("contact add amelia 'Omar Khan' --relationship father --sharing limited")


def test_a_request_is_recorded_and_stands_in_due(amelia: Typed) -> None:
    assert "--by WHO" in amelia("access add amelia", code=2).err
    assert "Which parent" in amelia("access add amelia --by parent", code=4).err
    assert "full name" in amelia("access add amelia --by nadja", code=4).err
    today = "2026-09-10"
    nadia = amelia("access add amelia --by nadia --date 03/09/2026", today=today)
    assert "Nadia Khan asked on 3 September 2026" in nadia.out
    again = amelia(
        "access add amelia --by nadia --date 03/09/2026", today=today, code=3
    )
    assert "recorded already" in again.err
    due = amelia("due --within 12w --kind access --format text", today=today).out
    assert "Answer the request of 3 September 2026" in due
    listed = json.loads(amelia("access list --format json", today=today).out)
    assert [(r["asker"], r["due"]) for r in listed] == [("Nadia Khan", "2026-10-05")]
    late = "access extend amelia --reason Long --date 06/10/2026"
    assert "5 October" in amelia(late, today="2026-10-07", code=3).err
    amelia("access extend amelia --reason Long --date 10/09/2026", today=today)
    # while it is open, what was asked for is not destroyed
    held = amelia("erase amelia --ground 'A wish' --yes", today=today, code=6).err
    assert "is not answered" in held
    amelia("access set amelia --identity-checked 09/09/2026", today=today)
    amelia("access end amelia --answer refused", today=today, code=3)
    amelia("access end amelia --answer withdrawn", today=today)
    assert "No request" in amelia("access end amelia --answer sent", code=4).err
    # the father's right is another; a name that nobody knows needs authority
    omar = amelia("access add amelia --by omar --kind educational-record", today=today)
    assert "court order" in omar.out + omar.err
    other = amelia("access add amelia --by 'Reed and Co'", today=today)
    assert "authority to act" in other.out + other.err
    assert "2 requests" in amelia("access set amelia --how post", code=4).err
    amelia("access set amelia --request 2 --how post", today=today)
    hers = amelia("access add amelia --by pupil --kind educational-record")
    assert "is a parent's own" in hers.out + hers.err
    amelia("contact add amelia 'Sam Poe' --relationship stepbrother")
    step = amelia("access add amelia --by brother")
    assert "Sam Poe is the stepbrother" in step.out + step.err
    amelia("school set type=academy")
    refused = amelia("access add amelia --by nadia --kind educational", code=3)
    assert "maintained schools only" in refused.err


def test_a_record_is_held_reviewed_and_only_then_erased(amelia: Typed) -> None:
    amelia("pupil leave amelia --date 20/07/2022 --to-school Elm")
    today = "2026-09-10"
    (row,) = json.loads(amelia("retention list --format json", today=today).out)
    assert (row["state"], row["due"]) == ("kept", "2041-04-03")
    amelia("retention policy", code=2)
    amelia("retention policy --ehc 35 --others 8 --passed-on 1", today=today)
    assert "35 years from birth" in amelia("retention", today=today).out
    assert (
        "Review whether"
        in amelia("due --kind retention --format text", today=today).out
    )
    amelia("retention decide amelia keep --reason 'A claim'", today=today, code=3)
    amelia(
        "retention hold amelia --reason 'A complaint' --by Head", today=today, code=4
    )
    amelia("retention hold amelia --reason 'A complaint'", today=today)
    refused = amelia("erase amelia --ground Retention --yes", today=today, code=6).err
    assert "A complaint" in refused
    assert "sen retention end" in refused
    amelia("retention decide amelia erase --reason X", today=today, code=6)
    assert (
        "held since 10 September 2026: A complaint"
        in amelia("retention", today=today).out
    )
    # a hold that is ended with a day stands on it; without one it is over at once
    amelia("retention end amelia --date today", today=today)
    amelia("retention decide amelia erase --reason X", today=today, code=6)
    amelia("retention end amelia", today=today)
    amelia("retention end amelia", today=today, code=4)
    amelia("retention decide amelia erase --reason 'By mistake'", today=today)
    amelia("retention hold amelia --reason 'A claim'", today=today)
    amelia("erase amelia --ground Retention --yes", today="2026-09-11", code=6)
    amelia("retention end amelia", today="2026-09-11")
    told = amelia(
        "retention decide amelia erase --reason 'Not needed'", today="2026-09-11"
    )
    assert "nothing is erased by this" in told.out + told.err
    due = amelia("due --kind retention --format text", today="2026-09-11").out
    assert "Erase the record" in due
    erased = amelia("erase amelia --ground Retention --yes", today="2026-09-11")
    assert "Reviewed on 11 September 2026: erase (Not needed)" in erased.err
    left = amelia("retention", today="2026-09-11").out
    assert "1 certificate of what was erased" in left
    assert "Amelia" not in left
