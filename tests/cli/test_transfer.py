"""From one school to the next: two real repositories, and files made to harm."""

from __future__ import annotations

import json
import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2
from zipfile import ZIP_DEFLATED
from zipfile import ZipFile
from zipfile import ZipInfo

import pytest

from sencli.core.handover.arriving import put_together
from sencli.core.handover.arriving import with_catalogue
from sencli.errors import InvalidValue
from sencli.exchange import ctf
from sencli.exchange import transfer_pack
from sencli.resources import load_schema
from tests.cases import each_case
from tests.conftest import Typed
from tests.conftest import school_of
from tests.store.test_sign import ssh_key

TOLD = "Told us about home"
DAY = "2026-09-10"


@school_of
def leaver(oak: Typed) -> None:
    key = ssh_key(oak.folder.parent)
    oak(f"init . --sign --key {key}")
    oak("staff add KM --name 'Kay Mole' --role teacher")
    oak("pupil add 'Ben Carter' --dob 04/03/2015 --upn P999900024001 --class 6B")
    oak("pupil add 'Zebedee Quill' --dob 04/03/2015")
    oak("status set ben K --since 10/01/2023 --decided-by KM")
    oak("need add ben SPLD --description 'Guesses from pictures'")
    oak(f"concern add ben --raised-by KM --concern '{TOLD}' --restricted")
    oak("concern add ben --raised-by KM --concern 'Reads with Zebedee Quill'")
    oak("remove ben 'concern 2' --yes")
    report = oak.folder.parent / "report.pdf"
    report.write_bytes(b"%PDF-1.4 report")
    oak(f"document add ben {report} --title 'Reading report'")
    oak(f"document add ben {report} --title 'Social care letter' --restricted")
    oak("pupil leave ben --date 20/07/2026 --to-school 'Elm High'")


def test_a_record_goes_to_the_next_school_with_its_history(leaver: Typed) -> None:
    due = leaver("due --within 52w --format text", today=DAY).out
    assert [w in due for w in ("Send the record to", "--to SCHOOL")] == [True, False]
    room = leaver.folder.parent
    file = room / "ben.zip"
    assert "Give it" in leaver("export transfer ben --output a.pdf", code=2).err
    sent = leaver(f"export transfer ben --output {file}", today=DAY)
    assert "goes to Elm High" in sent.out
    told = ("a signature", "restricted: documents", "attachment: Reading report")
    assert [one for one in told if one not in sent.err] == []
    assert "Send the record" not in leaver("due --within 52w", today=DAY).out
    (noted,) = json.loads(leaver("pupil show ben --format json").out)["issued"]
    assert (noted["document"], noted["to"]) == ("transfer", "Elm High")
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
    assert "there already" in leaver(f"export transfer ben --output {file}", code=2).err
    with ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    everything = b"".join(parts.values())
    for hidden in (TOLD, "Quill", "Zebedee", "Social care letter", "oak.example"):
        assert hidden.encode() not in everything, hidden
    assert b"Kay Mole" in parts["history.json"] + parts["record.yaml"]
    assert parts["record.pdf"].startswith(b"%PDF")
    assert parts["receipt.pdf"].startswith(b"%PDF")
    assert b"Ask our SENCO for them" in parts["README.txt"]
    assert b".pdf  Reading report, 20 October 2025" in parts["README.txt"]
    (given,) = ctf.read(parts["sen-data-ctf.xml"]).pupils
    assert given.statuses[-1][1] == "K"
    assert [name for name in parts if name.startswith("attachments/")] != []

    leaver.at(room)("init", "elm", "--school", "Elm High", "--senco", "Z. Other")
    elm = leaver.at(room / "elm")
    asked = elm(f"import {file}", today=DAY, code=2).err
    assert "Ben Carter, born 4 March 2015" in asked
    assert "as they were sent" in asked
    assert "signed by the key SHA256:" in asked
    assert elm("pupil list --all --format json").out.strip() == "[]"
    receipt = room / "receipt.pdf"
    took = f"import transfer {file} --yes --class 7C --receipt {receipt}"
    done = elm(f"{took} --format json", today=DAY)
    pupil = json.loads(done.out)["ids"]["pupil"]
    assert receipt.read_bytes() == parts["receipt.pdf"]
    history = elm("history ben").out
    assert "J. Patel (Oak Primary)" in history
    assert "Take in the record of Ben Carter from another school" in history
    record = json.loads(elm("pupil show ben --format json").out)
    assert record["status"][0]["source"] == "Oak Primary"
    assert record["roll"] == [{"from_school": "Oak Primary"}]
    assert len(record["documents"]) == 3
    assert (elm.folder / "documents" / pupil).is_dir()
    elm("verify")
    assert "fault" not in elm("check", code=None).out
    again = elm(took.replace("receipt.pdf", "b"), today=DAY, code=6)
    assert "was taken in on" in again.err


def test_a_pupil_who_is_here_is_filled_up_only_by_name(leaver: Typed) -> None:
    room = leaver.folder.parent
    file = room / "ben.zip"
    leaver(f"export transfer ben --to Fir --output {file}", today=DAY)
    leaver.at(room)("init", "fir", "--school", "Fir", "--senco", "Z. Other")
    fir = leaver.at(room / "fir")
    fir("pupil add 'Benjamin Carter' --known-as Ben --dob 04/03/2015 --class 7A")
    fir("pupil add 'Ann Oak' --dob 01/02/2015")
    refused = fir(f"import transfer {file} --yes", today=DAY, code=6).err
    assert "may be here already: Benjamin Carter" in refused
    assert "--into" in refused
    assert "--new" in refused
    other = fir(f"import transfer {file} --yes --into ann", today=DAY, code=3).err
    assert "another date of birth" in other
    fir("status set benjamin E --since 01/09/2025")
    filled = fir(f"import transfer {file} --yes --into benjamin", today=DAY).err
    assert "first name: Benjamin here, Ben in the file. What is here stands" in filled
    assert "care plan here, SEN support in the file" in filled
    record = json.loads(fir("pupil show benjamin --format json").out)
    assert record["first_name"] == "Benjamin"
    assert record["upn"] == "P999900024001"
    assert record["placements"][-1]["class"] == "7A"
    fir("verify")
    # back where it was: what is here already is not laid beside itself
    leaver(f"import transfer {file} --yes --into ben", today=DAY)
    back = json.loads(leaver("pupil show ben --format json").out)
    (held,) = (leaver.folder / "documents").glob(back["id"])
    files = {entry["file"] for entry in back["documents"]}
    assert {one.name for one in held.iterdir()} == files
    # a byte that was changed after it was signed
    with ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    pack = transfer_pack.unpacked(file.read_bytes())
    manifest = pack.manifest.replace(b"Oak Primary", b"Oak Grammar")
    forged = transfer_pack.TransferPack({}, pack.parts, manifest, pack.signature)
    file.write_bytes(transfer_pack.packed(forged))
    assert "does not fit" in fir(f"import transfer {file} --yes", code=8).err
    assert parts


PARTS = {"record.yaml": b"a", "history.json": b"{}", "provisions.json": b"{}"}
ABOUT = {"school": "Oak", "pupil": "p1", "made": "2026-01-01"}


def pack(parts: dict[str, bytes] = PARTS, **about: object) -> bytes:
    manifest = transfer_pack.manifest_of({**ABOUT, **about}, parts)
    return transfer_pack.packed(transfer_pack.TransferPack({}, parts, manifest))


def with_part(name: str, data: bytes = b"x", **info: int) -> bytes:
    held = BytesIO(pack())
    with ZipFile(held, "a") as whole:
        one = ZipInfo(name)
        one.compress_type = info.pop("packing", ZIP_DEFLATED)
        for field, value in info.items():
            setattr(one, field, value)
        whole.writestr(one, data)
    return held.getvalue()


def changed() -> bytes:
    manifest = transfer_pack.manifest_of(ABOUT, PARTS)
    parts = {**PARTS, "record.yaml": b"b"}
    return transfer_pack.packed(transfer_pack.TransferPack({}, parts, manifest))


def longer() -> bytes:
    manifest = transfer_pack.manifest_of(ABOUT, PARTS)
    parts = {**PARTS, "record.yaml": b"a" * 5_000_000}
    return transfer_pack.packed(transfer_pack.TransferPack({}, parts, manifest))


@each_case(
    "data, said",
    [
        (b"", "no zip"),
        (b"PK\x03\x04 nothing", "no zip"),
        (pack()[:-40], "no zip"),
        (with_part("../../evil.yaml"), "no part of a transfer file"),
        (with_part("/etc/passwd"), "no part of a transfer file"),
        (with_part("attachments/a\\b"), "no part of a transfer file"),
        (with_part("attachments/../x"), "no part of a transfer file"),
        (with_part("attachments/.git"), "no part of a transfer file"),
        (with_part("attachments/"), "no part of a transfer file"),
        (with_part("README.txt"), "not on its list"),
        (with_part("attachments/RECORD", external_attr=0o120777 << 16), "is a link"),
        (with_part("attachments/a", packing=ZIP_BZIP2), "packed in a way"),
        (with_part("attachments/a", b"0" * 26_000_000), "unpacks to more than"),
        (changed(), "its checksum differs"),
        (longer(), "longer than its list says"),
        (pack({"record.yaml": b"a"}), "is missing"),
        (pack(form="other"), "no list of a transfer file"),
        (pack(version=9), "newer sencli"),
        (pack(school="a\x1b[2J"), "does not say the school"),
    ],
)
def test_a_file_that_is_not_as_it_was_sent_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        transfer_pack.unpacked(data)


def test_a_part_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = with_part("record.yaml")
    with pytest.raises(InvalidValue, match="twice"):
        transfer_pack.unpacked(data)


def test_what_is_ours_stands() -> None:
    root = load_schema("pupil")
    ours = {"id": "p1", "first_name": "B", "status": [{"from": "2026-09-01"}]}
    theirs = {
        "id": "p9",
        "first_name": "C",
        "upn": "x",
        "status": [{"from": "2023-01-01"}],
    }
    made = put_together(ours, theirs, root)
    assert (made["id"], made["first_name"], made["upn"]) == ("p1", "B", "x")
    assert [one["from"] for one in made["status"]] == ["2023-01-01", "2026-09-01"]
    cycle = {"cycles": [{"id": "c1"}]}
    with pytest.raises(InvalidValue, match="open cycle"):
        put_together({**ours, **cycle}, {**theirs, **cycle}, root)
    own = {"provisions": [{"key": "a", "name": "Art"}, {"key": "b", "name": "Ball"}]}
    coming = {"provisions": [{"key": "a", "name": "ART"}, {"key": "b", "name": "Bus"}]}
    catalogue, keys = with_catalogue(own, coming)
    assert keys == {"provision:b": "b-2"}
    assert [one["key"] for one in catalogue["provisions"]] == ["a", "b", "b-2"]


RECORD = """schema: 1
id: {id}
first_name: Ida
last_name: Poe
{more}"""
EVENT = {
    "commit": "c",
    "date": "2025-01-02T00:00:00+00:00",
    "author": "A. Bee",
    "action": "pupil.add",
    "summary": "Add",
    "changes": ["said \x1b[2J something"],
}


def sent_pack(
    folder: Path,
    record: str,
    events: object = (EVENT,),
    catalogue: bytes = b"{}",
    **more: bytes,
) -> Path:
    history = {"school": "Ash", "pupil": "p1abcdef", "events": events}
    parts = {
        "record.yaml": record.encode(),
        "history.json": json.dumps(history).encode(),
        "provisions.json": catalogue,
        **{f"attachments/{name}.pdf": data for name, data in more.items()},
    }
    file = folder / "in.zip"
    file.write_bytes(pack(parts, pupil="p1abcdef", school="Ash", to="Yew"))
    return file


def test_what_does_not_fit_changes_nothing(oak: Typed) -> None:
    room = oak.folder.parent
    plain = RECORD.format(id="p1abcdef", more="")
    document = "documents: [{id: d1abcdef, date: 2025-01-01, title: T, file: a.pdf}]\n"
    cases = [
        (RECORD.format(id="p1abcdef", more="upn: 7\n"), {}, "record.yaml:5"),
        (RECORD.format(id="p2abcdef", more=""), {}, "not of the pupil"),
        (RECORD.format(id="../../x", more=""), {}, "record is wrong"),
        ("a: &a [1]\nb: *a\n", {}, "was not taken in: record.yaml:1"),
        (plain, {"catalogue": b"[]"}, "provisions.json does not fit"),
        (RECORD.format(id="p1abcdef", more=document), {}, "attachment 'T'"),
        (plain, {"evil": b"x"}, "no entry of the record names evil.pdf"),
        (plain, {"events": [{**EVENT, "date": "tomorrow"}]}, "The history is not"),
        (plain, {"events": {"a": 1}}, "The history is not"),
    ]
    for record, more, said in cases:
        file = sent_pack(room, record, **more)
        refused = oak(f"import transfer {file} --dry-run", code=3)
        assert "Ask the other school" in refused.err, refused.err
        refused = oak(f"import transfer {file} --yes", code=3)
        assert said in refused.err, (said, refused.err)
    assert oak("pupil list --all --format json").out.strip() == "[]"
    assert not (oak.folder / "documents").exists()
    file = sent_pack(room, RECORD.format(id="p1abcdef", more=document), a=b"%PDF")
    assert "Nothing was changed" in oak(f"import transfer {file} --dry-run").err
    first = oak(f"import transfer {file} --yes --format json")
    assert "it was made for Yew" in first.err
    assert "not signed" in first.err
    assert json.loads(first.out)["ids"]["pupil"] == "p1abcdef"
    told = oak("history ida").out
    assert "A. Bee (Ash), 2 January 2025: said  [2J something" in told
    assert "\x1b" not in told
    # another child whose id is taken here: a new one, with the attachments
    other = RECORD.format(id="p1abcdef", more=document).replace("Ida", "Tom")
    file = sent_pack(room, other, [{**EVENT, "author": "B. Cow"}], a=b"%PDF")
    second = json.loads(oak(f"import transfer {file} --yes --format json").out)
    pupil = second["ids"]["pupil"]
    assert pupil != "p1abcdef"
    files = [one.name for one in (oak.folder / "documents" / pupil).iterdir()]
    assert len(files) == 2
    assert "a.pdf" not in files
    oak("verify")


def test_it_is_read_by_people_without_the_program(leaver: Typed) -> None:
    file = Path(leaver.folder.parent, "ben.zip")
    (kept,) = [
        one["id"]
        for one in json.loads(leaver("pupil show ben --restricted --format json").out)[
            "concerns"
        ]
    ]
    leaver(f"export transfer ben --include {kept} --output {file}", today=DAY)
    with ZipFile(file) as whole:
        assert TOLD.encode() in whole.read("record.yaml")
        assert b"Open it" not in whole.read("README.txt")
