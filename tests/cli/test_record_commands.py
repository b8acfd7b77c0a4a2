"""Status, needs, contacts, flags, concerns and documents from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of
from tests.systems import named_pipe


@school_of
def amelia(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --date-of-birth 14/03/2017')


def record(typed: Typed) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(typed("pupil show amelia --format json").out)
    return found


def test_status(amelia: Typed) -> None:
    told = amelia("status set amelia K --since 15/09/2025 --reason 'After the concern'")
    assert "SEN support (K) from 15 September 2025" in told.out
    amelia("status set amelia 'sen support' --told parent --told-on 18/09/2025")
    assert record(amelia)["status"] == [
        {
            "from": "2025-09-15",
            "provision": "K",
            "reason": "After the concern",
            "told": [{"who": "parent", "date": "2025-09-18"}],
        }
    ]
    amelia("status set amelia EHCP")
    assert record(amelia)["derived"]["provision"] == "E"
    amelia("status set amelia K --since 30/02/2025", code=3)
    amelia("status set amelia Q", code=3)
    amelia("status set amelia K --since 01/01/2015", code=3)
    amelia("status set nobody K", code=4)


def test_the_reason_of_a_correction_is_not_the_reason_of_the_status(
    amelia: Typed,
) -> None:
    amelia("status set amelia K --since 15/09/2025 --reason 'After the concern'")
    amelia("status set amelia E --since 15/09/2025 --correct --reason 'typed wrong'")
    shown = record(amelia)
    assert shown["status"][0]["reason"] == "After the concern"
    assert shown["status"][0]["provision"] == "E"
    assert shown["corrections"][0]["reason"] == "typed wrong"


def test_needs(amelia: Typed) -> None:
    amelia("status set amelia K --since 15/09/2025")
    amelia("need add amelia SLCN --rank 1 --description 'Slow to find words'")
    amelia("need add amelia autism --basis diagnosis --from 02/10/2025")
    amelia("need set amelia 2 --impact 'Tires by noon' --from 02/10/2025")
    amelia("need set amelia slow --description 'Finds words slowly' --from 01/10/2025")
    amelia("need end amelia ASD --date 19/10/2025")
    shown = record(amelia)
    assert shown["derived"]["needs"] == ["SLCN"]
    assert [n.get("from") for n in shown["needs"]] == [
        "2025-09-15",
        "2025-10-01",
        "2025-10-02",
    ]
    amelia("need add amelia nonsense", code=3)
    amelia("need set amelia 7 --rank 2", code=4)
    amelia("need end amelia SEMH --date today", code=4)


def test_contacts(amelia: Typed) -> None:
    amelia(
        'contact add amelia "Sana Khan" --relationship mother '
        "--parental-responsibility --lives-with --sharing full --language Urdu "
        "--interpreter"
    )
    amelia("contact set amelia mother --sharing limited --from 01/10/2025")
    amelia("contact set amelia sana --telephone '01632 960001' --correct --reason late")
    first, second = record(amelia)["contacts"]
    assert first["id"] == second["id"]
    assert "from" not in first
    assert first["sharing"] == "full"
    assert second == {
        **first,
        "from": "2025-10-01",
        "sharing": "limited",
        "telephone": "01632 960001",
    }
    amelia("contact set amelia sana --title Mrs --address '1 Elm Road' --from today")
    letter = amelia("print letter-specialist-consent amelia --service EP")
    assert "Mrs Sana Khan\n1 Elm Road\n" in letter.out
    assert "Dear Mrs Khan,\n" in letter.out
    assert "explain this letter to you in Urdu" in letter.out
    assert "no name under it: no SENCO is entered" not in letter.err
    assert "sen school set sendiass.name=NAME" in letter.err
    amelia("contact set amelia sana --form-of-address 'Begum Sana'")
    letter = amelia("print letter-specialist-consent amelia --service EP")
    assert "Dear Begum Sana,\n" in letter.out
    assert "form of address" in amelia("history amelia").out
    assert "contact 'Sana Khan': form of address" in amelia("undo --yes").both
    assert "form_of_address" not in record(amelia)["contacts"][-1]
    amelia("contact set amelia sana --title WHO", code=3)
    amelia("contact end amelia sana --date today")
    amelia("contact set amelia sana --email x@example.org", today="2025-10-21", code=4)
    amelia("contact add amelia 'Sam Khan' --sharing some", code=3)


def test_flags(amelia: Typed) -> None:
    amelia("flag add amelia 'pupil premium' --from 01/09/2024")
    assert "Nothing changed" in amelia("flag add amelia pupil_premium").out
    amelia("flag add amelia lac")
    assert record(amelia)["derived"]["flags"] == ["pupil_premium", "looked_after"]
    amelia("flag end amelia 'pupil premium' --date 19/10/2025")
    assert record(amelia)["derived"]["flags"] == ["looked_after"]
    amelia("flag end amelia eal --date today", code=4)
    amelia("flag add amelia tall", code=3)
    amelia("flag end amelia lac --date 01/01/2025", code=3)


def test_concerns(amelia: Typed) -> None:
    amelia(
        "concern add amelia --date 20/06/2025 --raised-by parent "
        "--concern 'She cannot tell me about her day' --school-view 'Seen too'"
    )
    amelia("concern set amelia 1 --response 'We met' --led-to cycle")
    amelia("concern", "add", "amelia", "--concern", "-", stdin="First\nSecond\n")
    first, second = record(amelia)["concerns"]
    assert first["raised_by"] == "parent"
    assert first["led_to"] == "cycle"
    assert second["concern"] == "First\nSecond"
    assert second["date"] == "2025-10-20"
    assert "parent/carer" in amelia("concern list amelia").out
    assert "--concern" in amelia("concern add amelia", code=2).err
    amelia("concern set amelia 1 --responded 01/01/2025", code=3)
    amelia("concern set amelia 9 --response x", code=4)
    amelia("concern add amelia --concern x --raised-by 'Nobody Known'", code=4)


def test_the_one_parent_is_meant_by_parent(amelia: Typed) -> None:
    amelia('contact add amelia "Sana Khan" --relationship mother')
    amelia("concern add amelia --raised-by parent --concern x")
    shown = record(amelia)
    assert shown["concerns"][0]["raised_by"] == shown["contacts"][0]["id"]


def test_a_document_is_kept_under_its_id(amelia: Typed, tmp_path: Path) -> None:
    report = tmp_path / "Amelia Khan report.PDF"
    report.write_bytes(b"%PDF-1.7 \x00\xff")
    amelia(
        "document", "add", "amelia", str(report), "--title", "EP report",
        "--from", "LA EP service", "--date", "03/07/2025",
    )  # fmt: skip
    (entry,) = record(amelia)["documents"]
    stored = amelia.folder / "documents" / record(amelia)["id"] / entry["file"]
    assert stored.read_bytes() == report.read_bytes()
    assert entry["file"] == f"{entry['id']}.pdf"
    assert "from" in entry
    listed = git(amelia.folder, "show", "--name-only", "--format=%B")
    assert "Amelia" not in listed
    assert str(stored.relative_to(amelia.folder)) in listed
    assert git(amelia.folder, "status", "--short") == ""


def test_files_that_cannot_be_attached(amelia: Typed, tmp_path: Path) -> None:
    before = head_of(amelia.folder)
    named_pipe(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    with (tmp_path / "big").open("wb") as file:
        file.truncate(20_000_001)
    for name, code in (("pipe", 3), ("empty", 3), ("big", 3), ("none", 4), ("", 3)):
        words = ("document", "add", "amelia", str(tmp_path / name), "--title", "x")
        amelia(*words, code=code)
    (tmp_path / "ok").write_text("x", "utf-8", newline="\n")
    amelia("document", "add", "amelia", str(tmp_path / "ok"), code=2)
    assert head_of(amelia.folder) == before


def test_json_of_a_write_names_ids_and_commit(amelia: Typed) -> None:
    told = json.loads(amelia("need add amelia SLCN --format json").out)
    assert told["action"] == "need.add"
    assert told["ids"]["need"] == record(amelia)["needs"][0]["id"]
    assert told["commit"] == head_of(amelia.folder)
