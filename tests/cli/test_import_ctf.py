"""The SEN history of another school's CTF: read as a stranger's, taken once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sencli.core.handover.ctf import needs_of
from sencli.core.handover.ctf import statuses_of
from sencli.core.handover.ctf import with_history
from sencli.errors import InvalidValue
from sencli.exchange import ctf
from tests.cases import each_case
from tests.conftest import Typed

SOURCE = "Elm Infants (CTF, 20 July 2026)"


def pupil(
    history: str, more: str = "<UPN>P999900024001</UPN><Gender>M</Gender>"
) -> str:
    return (
        "<Pupil><Surname>Carter</Surname><Forename>Ben</Forename>"
        f"<DOB>2018-03-04</DOB>{more}<SENhistory>{history}</SENhistory></Pupil>"
    )


def status(day: str, code: str) -> str:
    return f"<SEN><StartDate>{day}</StartDate><SENprovision>{code}</SENprovision></SEN>"


def need(kind: str, rank: str = "", begins: str = "", ends: str = "") -> str:
    return (
        f"<SENneeds><SENneed><NeedStartDate>{begins}</NeedStartDate>"
        f"<NeedEndDate>{ends}</NeedEndDate><SENtypeRank>{rank}</SENtypeRank>"
        f"<SENtype>{kind}</SENtype></SENneed></SENneeds>"
    )


def file(*pupils: str, root: str = "CTfile") -> bytes:
    head = (
        "<Header><CTFversion>18.0</CTFversion><DateTime>2026-07-20T09:00:00</DateTime>"
        "<SourceSchool><LEA>999</LEA><SchoolName>Elm Infants</SchoolName>"
        "</SourceSchool></Header>"
    )
    body = f"<CTFpupilData>{''.join(pupils)}</CTFpupilData>"
    return f"<{root}>{head}{body}</{root.split(maxsplit=1)[0]}>".encode()


ENTITY = b'<!DOCTYPE CTfile [<!ENTITY a "lol">]><CTfile>&a;</CTfile>'


@each_case(
    "data, said",
    [
        (ENTITY, "declares"),
        (b'<!DOCTYPE a SYSTEM "file:///x"><CTfile/>', "declares"),
        (b"<CTfile><Header>", "not whole XML"),
        (b"", "not whole XML"),
        (b"PK\x03\x04", "not whole XML"),
        (b'<?xml version="1.0" encoding="x-none"?><CTfile/>', "cannot be read"),
        (b"<register/>", "no CTF"),
        (b"<CTfile>" + b"<a>" * 60 + b"</a>" * 60 + b"</CTfile>", "too deep"),
        (b" " * (ctf.LARGEST + 1), "larger than"),
        (file(pupil(status("2024-01-01", "K") * 201)), "more than 200"),
    ],
)
def test_what_is_no_ctf_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        ctf.read(data)


@each_case(
    "history, taken, notes",
    [
        (status("2024-01-01", "S"), ["(E) from 1 January 2024"], ["a statement"]),
        (status("2024-02-30", "K"), [], ["'2024-02-30' is not a day"]),
        (status("2031-01-01", "K"), [], ["still to come"]),
        (status("2017-01-01", "K"), [], ["before the date of birth"]),
        (status("2025-09-01", "E"), [], ["has its own by then"]),
        (status("2024-01-01", "Z"), [], ["'Z' is not a known code"]),
        (need("SLCN", "1", "2024-01-01"), ["SLCN", "rank 1"], []),
        (need("BESD", "0", "2024-01-01"), ["SEMH", "rank 1"], ["old code", "no rank"]),
        (need("HI", "1", "2024-01-01", "2023-01-01"), [], ["is not after"]),
        (need("XX"), [], ["'XX' is not a known code"]),
    ],
)
def test_each_line_is_taken_or_told(
    history: str, taken: list[str], notes: list[str]
) -> None:
    own = {"from": "2025-06-01", "provision": "K"}
    record = {"id": "p1", "date_of_birth": "2018-03-04", "status": [own]}
    (given,) = ctf.read(file(pupil(history))).pupils
    made = with_history(record, given, SOURCE, "2026-09-10", lambda kind: f"{kind}1")
    assert all(word in " ".join(made.taken) for word in taken)
    assert bool(made.taken) == bool(taken)
    assert all(word in " ".join(made.notes) for word in notes)
    assert bool(made.notes) == bool(notes)
    again = with_history(made.record, given, SOURCE, "2026-09-10", lambda kind: kind)
    assert again.record == made.record
    assert own in made.record["status"]


def test_what_is_written_reads_back() -> None:
    first = {"id": "n1", "type": "SLCN", "rank": 1, "from": "2023-01-10"}
    record = {
        "status": [{"from": "2023-01-10", "provision": "K"}],
        "needs": [first, {**first, "rank": 2, "from": "2024-01-10"}],
    }
    needs = [ctf.CtfNeed(**one) for one in needs_of(record, "2026-01-01")]
    statuses = tuple(statuses_of(record, "2026-01-01"))
    fields = {"surname": "O'Neil <x> & Co", "sex": "M"}
    given = ctf.CtfPupil(1, fields, statuses, tuple(needs))
    data = ctf.written("2026-07-20", 2025, "Elm & Ash", given, {"LEA": "999"})
    back = ctf.read(data)
    assert (back.school, back.pupils) == ("Elm & Ash", (given,))
    assert [n.ends for n in needs] == ["2024-01-09", ""]


def test_a_ctf_is_shown_asked_about_and_taken_once(oak: Typed) -> None:
    today = "2026-09-10"
    oak("pupil add 'Ada Poe' --dob 01/02/2018")
    ada = pupil(status("2024-01-01", "K"), "").replace("Carter", "Poe")
    ada = ada.replace("Ben", "Ada").replace("2018-03-04", "2018-02-01")
    nobody = pupil(status("2024-01-01", "N"), "").replace("Ben", "Al")
    history = status("2023-01-10", "K") + need("SLCN", "1", "2023-01-10")
    path = Path(oak.folder, "..", "in.xml")
    path.write_bytes(file(pupil(history), ada, nobody, root='CTfile xmlns="urn:ctf"'))
    asked = oak(f"import ctf {path}", today=today, code=2).err
    assert "CTF 18.0 of Elm Infants" in asked
    assert "1 pupil without SEN left aside" in asked
    assert "Ben Carter (new here)" in asked
    assert "Ada Poe (known here as " in asked
    assert "Nothing was changed" in oak(f"import ctf {path} --dry-run").err
    done = oak(f"import ctf {path} --yes --format json", today=today)
    told = json.loads(done.out)
    assert [len(told["ids"][key]) for key in ("added", "changed")] == [1, 1]
    assert "Nothing to change" in oak(f"import ctf {path} --yes", today=today).out
    (ben,) = json.loads(oak("pupil list --format json").out)[:1] or [{}]
    assert ben
    assert SOURCE in oak("history ben").out
    oak("verify")
    assert "no file" in oak("import ctf nowhere.xml", code=4).err
