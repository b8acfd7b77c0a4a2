"""All that is held on a pupil: marked, decided, blacked out in every format, sent."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.conftest import Typed
from tests.conftest import school_of
from tests.formats.pdf_text import page_texts
from tests.store.conftest import git

MEETING = (
    "meeting add amelia --date 05/09/2025 --kind termly --attended nadia,JP "
    "--view 'Nadia: She likes school' --view 'Omar: I do not want her tested' "
    "--agreed 'The police were told on Friday'"
)
AWAY = "--not-lives-with --address '7 Mill Lane' --phone '01632 960123'"
SECRETS = (
    *("Ben", "Stone", "Omar", "Mill Lane", "01632 960123", "want her tested"),
    "pushed him",
    *("Elm Row", "960177", "his favourite", "his dearest"),
    *("police", "Bedwetting", "Tyler", "mum often hits"),
)
"""What the mother may not have."""
HELD = (
    *("She likes school", "letter of the nurse", "hit her", "pulled her hair"),
    *("helps him", "moved by hand", "waits for a place", "shared his book"),
    *("She eats well", "Nadia Khan", "[withheld]", "ico.org.uk"),
)


@school_of
def amelia(oak: Typed) -> None:
    (oak.folder / "ben.txt").write_text(
        "Amelia Khan shared his book.", "utf-8", newline="\n"
    )
    nurse = "A letter of the nurse\nOmar Khan rang, as did Ben."
    (oak.folder / "letter.txt").write_text(nurse, "utf-8", newline="\n")
    (oak.folder / "scan.pdf").write_bytes(b"%PDF-1.4 a scan")
    for typed in (
        "pupil add 'Amelia Khan' --year-group 4 --class 4B --dob 03/04/2016",
        "pupil add 'Ben Stone' --year-group 4 --class 4B",
        "contact add amelia 'Nadia Khan' --relationship mother --lives-with",
        f"contact add amelia 'Omar Khan' --relationship father {AWAY}",
        "concern add amelia --raised-by JP --concern 'Ben hit her, then Tyler said so'",
        "health add amelia Bedwetting --restricted",
        MEETING,
        "contact set amelia omar --address '9 Elm Row' --phone '01632 960177'",
        "concern add amelia --raised-by omar --concern 'She is his favourite'",
        "concern set amelia 2 --concern 'She is his dearest' --correct --reason Typo",
        (
            "concern add amelia --raised-by JP --concern 'She says mum often "
            "hits her. She eats well'"
        ),
        "health end amelia 1 --bare",
        "concern add ben --raised-by JP --concern 'He sat by Amelia Khan'",
        "concern add ben --raised-by JP --concern 'amelia pushed him, he may rest'",
        "need add ben SPLD --description 'Khan, Amelia helps him'",
        "document add ben ben.txt --title 'Book note'",
        "document add amelia scan.pdf --title Scan",
        "document add amelia letter.txt --title 'From the nurse'",
        "access add amelia --by nadia --date 03/09/2025 --identity-checked 03/09/2025",
    ):
        oak(typed)
    said = "khan, AMELIA was moved by hand"
    git(oak.folder, "commit", "-q", "--allow-empty", "--no-verify", "-m", said)
    drafts = oak.folder / ".git" / "sencli" / "drafts"
    drafts.mkdir(parents=True, exist_ok=True)
    (drafts / "note.txt").write_text(
        "Amelia Khan waits for a place", "utf-8", newline="\n"
    )


def texts(folder: Path) -> dict[str, str]:
    """What can be read in each file of a folder, without the blanks of a page."""
    return {
        path.name: "".join(page_texts(path.read_bytes()))
        if path.name.startswith(("what", "reviewer")) and path.suffix == ".pdf"
        else bare(path.read_text("utf-8"))
        for path in sorted(folder.iterdir())
    }


def bare(text: str) -> str:
    return "".join(text.split())


def test_it_is_reviewed_and_then_given_out(amelia: Typed) -> None:
    """What is withheld is in no format, and everything else is in each."""
    export = "export subject-access amelia"
    assert "--output FOLDER" in amelia(export).out
    early = amelia(f"{export} --output away --sent", code=3).err
    assert "to be decided: nothing is sent" in early
    assert "to be decided" in amelia(f"{export} --output review").out
    review = amelia.folder / "review"
    names = {path.name for path in review.iterdir()}
    assert names == {"decisions.txt", "reviewer.html", "reviewer.pdf"}
    if os.name == "posix":
        assert {p.stat().st_mode & 0o777 for p in review.iterdir()} == {0o600}
    # the reviewer sees it all, with whose record it stands in
    for name, text in texts(review).items():
        for word in (*SECRETS, "sat by", "helps him", "shared his book"):
            assert bare(word) in text or name == "decisions.txt", (name, word)
    listed = (review / "decisions.txt").read_text("utf-8")
    marks = [line for line in listed.splitlines() if line[:1].isdigit()]
    for kind, said in (
        ("another child", "Ben"),
        ("another parent or contact", "Omar Khan"),
        ("what another person said", "Omar Khan"),
        ("restricted", "health"),
        ("safeguarding", "police"),
        ("third person", "Tyler"),
        ("perhaps about this pupil", "pushed him"),
        ("a document", "From the nurse"),
        ("an address", "Omar Khan"),
    ):
        assert any(kind in m and said in m for m in marks), (kind, said)
    # the list, filled in as it suggests
    filled = listed
    for line in marks:
        usual = line.partition("suggested: ")[2].partition(")")[0]
        filled = filled.replace(line, line.replace(" open ", f" {usual[0]} ", 1))
    (amelia.folder / "mine.txt").write_text(
        filled.replace(" r ", " x ", 1), "utf-8", newline="\n"
    )
    assert "'x' is no decision" in amelia(f"{export} --decisions mine.txt", code=3).err
    (amelia.folder / "mine.txt").write_text(filled, "utf-8", newline="\n")
    assert "are decided" in amelia(f"{export} --decisions mine.txt").out
    # something is written since: it is marked, and nothing goes out without it
    amelia("concern add amelia --raised-by JP --concern 'Ben pulled her hair'")
    refused = amelia(f"{export} --output pack --sent", code=3).err
    assert "to be decided" in refused
    amelia(f"{export} --as-suggested all")
    amelia(f"{export} --output pack")
    amelia(f"{export} --output pack", code=2)
    amelia(f"{export} --output pack --force --sent", today="2025-09-30")
    out = texts(amelia.folder / "pack")
    files = {name for name in out if name.startswith("document-")}
    assert {name.rpartition(".")[2] for name in files} == {"pdf"}
    assert len(out) == 4  # the nurse's letter names others: its text is given
    for name, text in out.items():
        for secret in SECRETS:
            assert bare(secret) not in text, (name, secret)
        for held in HELD if name not in files else ():
            assert bare(held) in text, (name, held)
    data = json.loads((amelia.folder / "pack" / "what-is-held.json").read_text("utf-8"))
    assert data["request"]["by"] == "Nadia Khan"
    assert data["withheld"]
    # what was sent is kept, and the request is closed
    shown = json.loads(amelia("pupil show amelia --format json").out)
    (paper,) = shown["issued"]
    assert paper["document"] == "subject-access"
    (request,) = json.loads(amelia("access list amelia --format json").out)
    assert (request["answer"], request["answered"]) == ("sent", "2025-09-30")
    assert "Answer the request" not in amelia("due --format text").out
    assert amelia(export, code=4).err.startswith("sen: No request")
    assert "decided" not in amelia("verify").err
    # the list of marks does not fill the history
    assert "black_out" not in amelia("history amelia").out


def test_what_is_decided_is_kept_and_can_be_taken_back(amelia: Typed) -> None:
    export = "export subject-access amelia"

    amelia(f"{export} --release 1 --black-out 1", code=2)
    amelia(f"{export} --release 999", code=3)
    amelia(f"{export} --release nobody", code=3)
    for kind in ("all", "contact", "child"):  # the father's address is not let go by it
        refused = amelia(f"{export} --release {kind}", code=2).err
        assert f"--as-suggested {kind}" in refused
    left = int(amelia(export).out.split(", ")[1].split()[0])
    amelia(f"{export} --release staff --black-out child,person")
    assert int(amelia(export).out.split(", ")[1].split()[0]) < left
    amelia("undo --yes")
    assert int(amelia(export).out.split(", ")[1].split()[0]) == left
