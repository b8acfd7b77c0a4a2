"""``sen print governors``: for whom it is, and what the SENCO writes on it."""

from __future__ import annotations

import json

from sencli.core.school.published_reports import KINDS
from sencli.core.school.published_reports import path_of
from sencli.store.records.records import REPORTS
from tests.conftest import Typed


def school(oak: Typed) -> None:
    """Two pupils with SEN support."""
    for name in ("Amelia", "Ben"):
        oak("pupil", "add", f"{name} Okafor", "--year", "4")
        oak("status", "set", name, "K", "--since", "15/09/2025")


def test_it_is_closed_until_the_school_says_otherwise(oak: Typed) -> None:
    school(oak)
    closed = oak("print governors").out
    assert "2 pupils are on the SEN register" in closed
    assert "Confidential to the governing body" in closed
    strict = oak("print governors --public").out
    assert "Too few pupils are on the SEN register" in strict
    oak("school set settings.governors=public")
    assert oak("print governors").out == strict
    oak("school set settings.governors=closed")
    assert oak("print governors").out == closed
    assert "closed" in oak("school set settings.governors=open", code=3).err
    refused = oak("print register --public", code=2).err
    assert "The document register does not take --public." in refused


def test_readers_outside_the_governing_body_get_what_may_be_published(
    oak: Typed,
) -> None:
    school(oak)
    oak("contact add amelia 'Sana Okafor' --relationship mother --sharing full")
    assert "2 pupils are" in oak("print governors --for governor").out
    for reader in ("agency", "inspector", "new-school", "parent"):
        assert "Too few pupils" in oak(f"print governors --for {reader}").out
    for reader, told in (("Sana Okafor", "Too few pupils"), ("R. Lowe", "2 pupils")):
        shown = oak("print", "governors", "--to", reader, "--record")
        assert f"{told} are on the SEN register" in shown.out


def test_the_senco_writes_on_it_and_nothing_of_it_is_published(oak: Typed) -> None:
    school(oak)
    bare = oak("print governors")
    (command,) = (line for line in bare.err.splitlines() if "report write" in line)
    oak(command.strip().removeprefix("sen ").replace("TEXT", "Reading is better."))
    oak("report write governors questions -", stdin="What is next?\nWho leads it?\n")
    oak('report write governors duties "Mine to do by Easter."')
    shown = oak("print governors")
    assert "report write" not in shown.err
    for text in ("Reading is better.", "What is next?", "Mine to do by Easter."):
        assert text in shown.out
        assert text not in oak("print governors --public").out
    made = json.loads(oak("print governors --format json").out)
    assert made["comment"] == "Reading is better."
    assert made["questions"][:2] == ["What is next?", "Who leads it?"]
    assert "governing body: sen print governors" in oak("report show governors").out
    refused = oak("report publish governors --date today", code=2).err
    assert "sen print governors --public" in refused
    oak("print governors --public")
    assert "governors" not in oak("due --within 52w").out
    assert oak("doctor").code == 0
    # the code is of what is written too
    code = shown.out.rpartition("Check code ")[2].split()[0]
    assert "the report to governors" in oak(f"verify {code}").out
    then = oak("print governors --as-at 01/10/2025").out
    code = then.rpartition("Check code ")[2].split()[0]
    assert "Reading is better." not in then
    assert "still says" in oak(f"verify {code} --as-at 01/10/2025").out
    oak('report write governors comment "Writing is better."')
    assert "Writing is better." in oak("print governors").out
    assert oak("undo --yes").code == 0
    oak('report write governors comment "Ben reads."')
    assert "sen report write governors" in oak("print governors", code=None).err
    assert "Ben" not in oak("print governors").out
    oak("print governors --strict", code=3)


def test_what_is_written_of_each_report_has_a_place() -> None:
    assert {*REPORTS} == {path_of(kind) for kind in KINDS}
