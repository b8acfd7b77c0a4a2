"""Background, health, attainment; the number on roll and figures for England."""

from __future__ import annotations

import json

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def amelia(oak: Typed) -> None:
    oak("staff", "add", "KM", "--name", "K. Morris", "--role", "teacher")
    oak("pupil", "add", "Amelia Khan", "--year", "4")
    oak("contact", "add", "amelia", "Sana Khan", "--relationship", "mother")


def record(oak: Typed) -> dict:
    return json.loads(oak("pupil show amelia --restricted --format json").out)


def test_ethnicity_and_home_language_hold_from_a_day(amelia):
    amelia("ethnicity set amelia pakistani --basis parent --by Sana")
    told = amelia("ethnicity set amelia MWAS --from 01/09/2025").out
    assert "Pakistani -> White and Asian" in told
    refused = amelia("ethnicity set amelia zork", code=3)
    assert "not an ethnicity" in refused.err
    assert "APKN (Pakistani)" in refused.err
    amelia("ethnicity set amelia APKN --by Nobody", code=4)
    assert amelia("ethnicity set amelia", code=2).err.count("ETHNICITY is needed") == 1
    first, second = record(amelia)["ethnicity"]
    assert first["basis"] == "parent"
    assert second == {"from": "2025-09-01", "code": "MWAS"}
    amelia("ethnicity set amelia WENG --correct --reason 'Another child'")
    assert record(amelia)["ethnicity"][1]["code"] == "WBRI"
    listed = json.loads(amelia("ethnicity list amelia --format json").out)
    assert [e["detail"] for e in listed] == [None, "WENG"]
    amelia("language set amelia urdu --basis parent")
    amelia("language set amelia XYZ", code=3)
    amelia("language set amelia Mirpuri --code PNJM --correct --reason 'Said later'")
    assert record(amelia)["home_language"] == [
        {"language": "Mirpuri", "code": "PNJM", "basis": "parent"}
    ]
    history = amelia("history amelia").out
    assert "added ethnicity Pakistani (APKN) (ascribed by a parent; by Sana" in history
    assert "home language 'Mirpuri': language Urdu -> Mirpuri" in history
    amelia("undo --yes")
    both = amelia("remove amelia ethnicity --yes", code=4).err
    assert "ethnicity[2025-09-01]" in both
    amelia("remove amelia 'ethnicity pakistani' --yes")
    amelia("remove amelia ethnicity --yes")
    assert not record(amelia).get("ethnicity")
    assert record(amelia)["home_language"][0]["code"] == "URD"


def test_a_spreadsheet_says_ethnicity_and_language(amelia):
    sheet = (
        "Name,Year,Ethnicity,First language\r\n"
        "Amelia Khan,4,APKN,Urdu\r\nBen Okafor,4,Black African,ENG\r\n"
    )
    (amelia.folder / "list.csv").write_text(sheet, "utf-8", newline="")
    amelia("import list.csv --yes")
    assert amelia("import list.csv --yes").out.count("Nothing to change") == 1
    (one,) = record(amelia)["ethnicity"]
    assert one == {"code": "APKN"}
    assert record(amelia)["home_language"] == [{"language": "Urdu", "code": "URD"}]
    (amelia.folder / "list.csv").write_text(
        "Name,Ethnicity,Language\r\nBen Okafor,Martian,QQQ\r\n", "utf-8", newline=""
    )
    told = amelia("import list.csv --yes", code=3).both
    assert "line 2, ethnicity" in told
    assert "line 2, home language" in told
    (amelia.folder / "list.csv").unlink()
    assert amelia("verify").code == 0


def test_health_is_changed_and_ended(amelia):
    amelia("health add amelia Asthma --medication --held-by 'School office'")
    told = amelia("health add amelia asthma --plan --from 13/10/2025", code=3)
    assert "recorded already, from 20 October 2025" in told.err
    amelia("health add amelia asthma --review-by 01/03/2026")
    amelia("health set amelia 1 --no-plan --review-by 01/03/2026", code=2)
    amelia("health set amelia zork --plan", code=4)
    assert "Nothing to change" in amelia("health set amelia asthma", code=2).err
    amelia("health set amelia 'condition 1' --no-medication --from 27/10/2025")
    amelia("health end amelia asthma --date 01/01/2020", code=3)
    amelia("health end amelia asthma --date 28/10/2025")
    assert "no health condition" in amelia("health end amelia 1 --bare", code=4).err
    entries = record(amelia)["health"]
    assert len({e["id"] for e in entries}) == 1
    assert entries[-1]["until"] == "2025-10-28"
    listed = json.loads(amelia("health list amelia --format json").out)
    assert any(e["plan"] and e["review_by"] == "2026-03-01" for e in listed)
    assert "healthcare plan yes" in amelia("history amelia").out


def test_results_are_charted_over_time(amelia):
    amelia("attainment add amelia 'reading age' 6:04 --test NGRT --date 12/09/2025")
    amelia("attainment add amelia 'reading age' 6:10 --test ngrt --by KM")
    told = amelia("attainment add amelia RA 6.4", code=3)
    assert "6:4" in told.err
    assert "0 to 40" in amelia("attainment add amelia phonics 41", code=3).err
    refused = amelia("attainment add amelia phonics many", code=3).err
    assert "not a number" in refused
    assert "reading_age" in amelia("attainment add amelia zork 3", code=3).err
    amelia("attainment add amelia 'key stage' EXS --subject reading")
    amelia("attainment add amelia ss '85 (78-92)' --restricted")
    amelia("attainment set amelia 1 --value 6:05 --correct --reason Misread")
    amelia("attainment set amelia 'result 1' --measure phonics", code=3)
    amelia("attainment set amelia 1", code=2)
    shown = amelia("attainment list amelia").out
    assert "Reading age (NGRT)" in shown
    assert "12 September 2025: 6 years 5 months" in shown
    assert "1 restricted entry is not shown" in shown
    assert " 85" not in shown
    listed = json.loads(amelia("attainment list amelia --format json").out)
    assert [e["test"] for e in listed] == ["NGRT", "NGRT", None]
    assert listed[2]["value"] == "working at the expected standard"
    amelia("remove amelia 'result 3' --yes")
    assert len(record(amelia)["attainment"]) == 3
    amelia("attainment add amelia phonics 30 --date 12/09/2025")
    amelia("attainment add amelia phonics 31 --date 12/09/2025")
    amelia("status set amelia K --since 15/09/2025")
    summary = amelia("summary amelia").out
    assert "On 12 September 2025: 6 years 5 months." in summary
    assert "right answers of 40: 31 (12 September 2025)" in summary
    assert "Results over time: Reading age (NGRT)" in amelia("print case amelia").out
    amelia("attainment add amelia 'teacher assessment' WTS --date 12/09/2025")
    amelia("attainment add amelia 'teacher assessment' GDS")
    polish = amelia("summary amelia --lang pl").out
    assert polish.count("poniżej oczekiwań") >= 2
    assert "above expected" not in polish
    assert amelia("verify").code == 0


def test_how_the_care_of_a_child_ended_is_shown(amelia):
    amelia(
        "flag add amelia plac --from 01/09/2024 --arrangement adoption "
        "--evidence 'Adoption order' --evidence-seen 02/09/2024 --evidence-by KM"
    )
    told = amelia("flag add amelia eal --evidence 'A letter'", code=2)
    assert "previously_looked_after" in told.err
    amelia("flag add amelia plac --evidence-by ZZ", code=4)
    (flag,) = record(amelia)["flags"]
    assert (flag["arrangement"], flag["evidence_by"]) == ("adoption", "KM")
    assert "Adoption order" in amelia("flag list amelia").out
    assert "care ended by adoption" in amelia("history amelia").out


def test_the_number_on_roll_and_figures_for_england(oak):
    oak("roll set 62 --date 02/10/2025 --year 4")
    assert "add up to 62" in oak("roll set 41 --date 02/10/2025").err
    assert "add up" not in oak("roll set 412 --date 02/10/2025").err
    oak("roll set 31 --class 4B --year 4 --date 02/10/2025 --source Census")
    oak("roll set -3", code=2)
    oak("roll set 400 --date 01/01/2030", code=3)
    oak("roll remove --date 02/10/2025 --class 4B", code=4)
    oak("roll remove --date 02/10/2025 --class 4B --year 4")
    listed = json.loads(oak("roll list --format json").out)
    assert [(e["year_group"], e["pupils"]) for e in listed] == [(None, 412), ("4", 62)]
    told = oak("national set support 14.2% --year 2025-26 --schools all")
    assert "where it comes from" in told.err
    oak("national set ehc 5.3 --year 2025/26 --schools primary --source DfE")
    oak("national set ehc 153 --year 2025/26", code=3)
    oak("national set ehc 5 --year 2025/27", code=3)
    assert "No figure" in oak("national remove ehc --year 2025/26", code=4).err
    oak("national remove ehc --year 2025/26 --schools primary")
    (figure,) = json.loads(oak("national list --format json").out)
    assert figure["per_cent"] == 14.2
    assert oak("verify").code == 0


def test_a_senco_is_to_have_the_qualification(oak):
    oak("staff set JP --senco-since 01/09/2021 --npq-started 01/10/2021")
    oak("staff set JP --npq-awarded 01/09/2021", code=3)
    oak("staff set JP --npq-awarded 01/01/2030", code=3)
    oak("staff set nobody --npq-awarded 01/09/2022", code=4)
    oak("pupil add 'Amelia Khan'")
    oak("status set amelia K --since 15/09/2025")
    found = oak("check --level should", code=None).out
    assert "P17" in found
    assert "due by 1 September 2024" in found
    oak(
        "staff set JP --npq-awarded 01/07/2023 --qualification nasenco --name 'J. Pate'"
    )
    assert "NASENCO awarded 1 July 2023" in oak("staff list").out
    assert "P17" not in oak("check --level should", code=None).out
    oak("staff set JP --no-qualification")
    (person,) = json.loads(oak("staff list --format json").out)
    assert (person["name"], person["senco"]) == ("J. Pate", None)


def test_governors_see_a_share_beside_england(oak):
    oak("school set ages=4-11 settings.small_number=0")
    for name in ("Amelia", "Ben"):
        oak("pupil", "add", f"{name} Okafor", "--year", "4")
        oak("status", "set", name, "K", "--since", "15/09/2025")
    assert "As a share of" not in oak("print governors").out
    oak("roll set 200 --date 02/10/2025")
    oak("roll set 25 --year 4 --date 02/10/2025")
    oak("national set support 14.2 --year 2025/26 --schools primary --source DfE")
    shown = oak("print governors").out
    assert "200 pupils on 2 October 2025" in shown
    assert "14.2 per cent SEN support in primary schools, 2025/26 (DfE)" in shown
    row = next(line for line in shown.splitlines() if line.startswith("Year 4  "))
    assert row.split()[-3:] == ["25", "2", "8"]
    (support, plan, _) = json.loads(oak("print governors --format json").out)[
        "share_of_roll"
    ]
    assert (support["per_cent"], support["national"]["per_cent"]) == (1.0, 14.2)
    assert (plan["per_cent"], plan["national"]) == (0.0, None)


def test_health_keeps_to_those_who_may_read_it(amelia):
    amelia("status set amelia K --since 15/09/2025")
    amelia("health add amelia Epilepsy --plan --review-by 01/11/2025 --medication")
    amelia("flag add amelia medical-plan")
    amelia("ethnicity set amelia APKN")
    assert "Epilepsy" in amelia("pupil show amelia").out
    assert "Individual healthcare plan (Epilepsy): review" in amelia("due").out
    assert "P14" not in amelia("check amelia", code=None).out
    told = amelia("print case amelia --for inspector").out
    assert "Epilepsy" not in told
    assert "- health" in told
    assert "- ethnicity" in told


def test_the_school_file_tells_its_history_in_words(oak):
    oak("roll set 62 --date 02/10/2025 --year 4 --class 4B")
    oak("national set support 14.2 --year 2025/26 --schools primary --source DfE")
    oak("staff set JP --senco-since 01/09/2024 --npq-started 01/10/2024")
    told = oak("history school").out
    assert (
        "added number on roll of 2 October 2025, Year 4, class 4B (pupils 62)" in told
    )
    assert (
        "added figure for England SEN support in primary schools, 2025/26 (per cent "
        "14.2; source DfE)"
    ) in told
    assert "qualification begun 1 October 2024" in told


def test_a_school_s_own_rules_of_before_disclose_no_health(amelia):
    """Its file is older than the field, and does not name it."""
    amelia("status set amelia K --since 15/09/2025")
    amelia("health add amelia Epilepsy --plan")
    own = amelia.folder / "templates" / "redaction.json"
    own.parent.mkdir()
    rules = {"title": "an agency", "views": "all", "anonymous": False}
    rules |= {"leave_out": [], "parts": []}
    text = json.dumps({"audiences": {"agency": rules}})
    own.write_text(text, "utf-8", newline="\n")
    told = amelia("print case amelia --for agency").out
    assert "- health" in told
    assert "Epilepsy" not in told
