"""The evidence for an EHC request as it is typed: order, readers, and what is kept."""

from __future__ import annotations

import json

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def ben(oak: Typed) -> None:
    oak("staff", "add", "JP", "--name", "J. Patel", "--role", "SENCO", code=None)
    oak("pupil", "add", "Ben Ash", "--year", "4")
    oak(
        *("contact", "add", "ben", "Lou Ash", "--relationship", "father"),
        *("--parental-responsibility", "--lives-with"),
    )
    oak("status set ben K --since 03/09/2024")
    oak("attendance set ben 91.3 --date today", code=None)


def record(typed):
    return json.loads(typed("pupil", "show", "ben", "--format", "json").out)


def test_the_evidence_is_for_the_authority_and_the_gaps_are_for_us(ben):
    whole = ben("print ehc-evidence ben").out
    assert whole.index("For the SENCO alone") < whole.index("EHC evidence: Ben Ash")
    one = ben("print ehc-evidence ben --part evidence").out
    assert "SENCO alone" not in one
    assert "Lou Ash" in one
    for line in ("--for agency", "--to authority"):
        assert "SENCO alone" not in ben(f"print ehc-evidence ben {line}").out
    assert "to Lou Ash" in ben("print ehc-evidence ben --to Lou").out
    assert (
        "has no part report" in ben("print ehc-evidence ben --part report", code=2).err
    )
    assert (
        "has no part evidence"
        in ben("print annual-review ben --part evidence", code=2).err
    )
    ben("print ehc-evidence ben --for inspector", code=2)
    assert "No pupil was named" in ben("print ehc-evidence", code=2).err
    ben("print ehc-evidence ben --on today", code=2)


def test_a_schools_own_order_of_sections(ben):
    place = ben.folder / "templates"
    place.mkdir(exist_ok=True)
    file = place / "ehc-evidence.json"
    file.write_text(
        json.dumps({"sections": ["family", "pupil"], "headings": {"family": "Part A"}}),
        "utf-8",
        newline="\n",
    )
    said = ben("print ehc-evidence ben --part evidence").out
    assert said.index("Part A") < said.index("The pupil")
    assert "is read by nothing" not in ben("doctor", code=None).both
    file.write_text('{"sections": ["people"]}', "utf-8", newline="\n")
    refused = ben("print ehc-evidence ben", code=3)
    assert "'people', which is no section" in refused.err
    assert "pupil, family, needs" in refused.err
    assert "'people'" in ben("doctor", code=None).both


def test_what_was_sent_is_kept_with_the_request(ben):
    ben("print ehc-evidence ben --part missing --record", code=2)
    ben("ehc request ben --date 01/10/2025 --by school")
    done = ben("print ehc-evidence ben --record")
    assert "Recorded: 1 part sent" in done.err
    kept = record(ben)
    (paper,) = kept["issued"]
    assert paper["document"] == "ehc-evidence (evidence)"
    assert paper["to"] == "local authority"
    assert kept["ehc"]["requests"][0]["evidence_sent"] == "2025-10-20"
    assert paper["content"] in ben("print ehc-evidence ben --part evidence").out
    ben("print ehc-evidence ben --record", today="2025-10-22")
    assert record(ben)["ehc"]["requests"][0]["evidence_sent"] == "2025-10-20"
    assert ben("verify --as-at today", code=None).both


def test_who_has_a_plan_is_sent_to_the_review(ben):
    ben("ehc issue ben --date 10/03/2025 --outcome Talks")
    refused = ben("print ehc-evidence ben", code=3)
    assert "has an EHC plan, issued on 10 March 2025" in refused.err
    assert "sen print annual-review" in refused.err


TYPED = {
    "sen cycle open BEN": "cycle open BEN --assessment 'Reads 22 of 100'",
    "sen attainment add BEN SCALE VALUE": "attainment add BEN phonics 20",
    "sen attendance set BEN VALUE": "attendance set BEN 91.3",
    "sen pupil set BEN date_of_birth=DATE": "pupil set BEN date_of_birth=11/11/2016",
    "sen pupil set BEN upn=CODE": "pupil set BEN upn=P999900024001",
    "sen pupil set BEN sex=WORDS": "pupil set BEN sex=male",
    "sen ethnicity set BEN CODE": "ethnicity set BEN WBRI",
    "sen language set BEN WORDS": "language set BEN Polish",
    "sen need add BEN TYPE": "need add BEN SLCN",
    "sen specialist refer BEN SERVICE": "specialist refer BEN EP --consent yes",
}


def test_what_is_missing_is_mended_by_what_is_to_be_typed(ben):
    pupil = record(ben)["id"]
    page = ben("print ehc-evidence ben --part missing").out
    lines = [line.strip() for line in page.splitlines() if line.strip()[:4] == "sen "]
    assert len(lines) >= 10
    for line in lines:
        known = line.replace(pupil, "BEN").split(" --compared")[0]
        typed = TYPED.get(known, line.removeprefix("sen "))
        typed = typed.replace("BEN", pupil).replace("WHAT WAS SEEN", "Two years behind")
        typed = typed.replace("WHAT WAS SAID", "It helps").replace(
            "WORDS", "'1 Elm Row'"
        )
        done = ben(typed, code=None)
        assert done.code != 2, (typed, done.err)
    again = ben("print ehc-evidence ben --part missing").out
    for words in ("ethnicity", "home language", "address", "date of birth", "test or"):
        assert words in page
        assert words not in again
