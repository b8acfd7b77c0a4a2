"""The one-page profile and the passport: what stands on them, and for whom."""

from __future__ import annotations

import copy
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.parents import profile
from sencli.documents.pupil import passport
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import View
from sencli.formats import render
from tests.documents.example import AMELIA
from tests.documents.example import setting
from tests.formats.pdf_text import page_texts
from tests.formats.views import png

PAGE = {
    "date": "2025-10-01",
    "strengths": "Kind",
    "how_to_support_me": "Show me first",
    "please_do": "- give me time\n- say my name",
    "please_do_not": "shout; hurry me",
    "triggers": "Loud bells",
    "exam_access": "A reader",
    "aspirations": "Vet",
    "made_with": ["KM"],
}
PHOTO = {"id": "dpic2222", "date": "2025-10-01", "title": "Me", "file": "dpic2222.png"}


def pupil(year: str = "4", photo: dict[str, Any] | None = None, **page: Any) -> Any:
    record = copy.deepcopy(AMELIA)
    record["profiles"] = [{**PAGE, **page}]
    record["placements"] = [{"from": "2025-09-01", "class": "4B", "year_group": year}]
    if photo is not None:
        record["documents"] = [{**PHOTO, **photo}]
        record["profiles"][0]["picture"] = PHOTO["id"]
    return record


def paper(record: Any, module: Any = profile, **wanted: Any) -> View:
    (view,) = module.build([record], setting("2025-12-01"), PaperRequest(**wanted))
    return view


def boxes(view: View) -> dict[str, Box]:
    rows = (block for block in view.blocks if isinstance(block, Boxes))
    return {box.title: box for row in rows for box in row.boxes}


def told(view: View) -> str:
    return " ".join(f"{one.message} {one.command}" for one in view.asides)


def test_how_to_support_me_is_the_largest_and_on_colour() -> None:
    view = paper(pupil())
    fills = {
        row.boxes[0].title: row.fill for row in view.blocks if isinstance(row, Boxes)
    }
    assert max(fills, key=lambda title: fills[title]) == "How best to support me"
    assert boxes(view)["How best to support me"].style == "strong"
    shown = render([view], "text").decode()
    for line in ("- give me time", "- say my name", "- shout", "- hurry me"):
        assert line in shown
    assert "K. Morris" in shown
    assert "Seen by (initials and date)" in shown
    # what upsets a child is for who takes the class, not for the child's own page
    assert "Loud bells" not in shown


def test_what_is_not_written_has_room_on_white() -> None:
    record = pupil()
    record["profiles"] = []
    box = boxes(paper(record))["How best to support me"]
    assert box.style == "plain"
    shown = render([paper(record)], "text").decode()
    assert shown.count("____") > 5
    assert "[my photo or my drawing]" in shown


def test_the_youngest_have_larger_type_on_each_sheet() -> None:
    for size in ("a4", "a5", "card"):
        older = paper(pupil("3"), size=size).sheet
        for year in ("R", "N2", "1", "2"):
            young = paper(pupil(year), size=size).sheet
            assert young.size == older.size == size
            assert max(young.type) > max(older.type)
            assert min(young.type) > min(older.type)


def test_a_picture_is_shown_and_why_it_is_not_is_said() -> None:
    there = paper(pupil(photo={}), picture=png())
    assert there.picture is not None
    assert there.picture.data == png()
    assert "Millie" in there.picture.alt
    missing = paper(pupil(photo={}))
    assert "is missing (documents/p7k2q/dpic2222.png)" in told(missing)
    broken = paper(pupil(photo={}), picture=b"GIF89a")
    assert "is no PNG or JPEG" in told(broken)
    hidden = paper(pupil(photo={"restricted": True}), picture=png())
    assert "is restricted" in told(hidden)
    named = paper(
        pupil(photo={"restricted": True}),
        picture=png(),
        include=frozenset({PHOTO["id"]}),
    )
    assert named.picture is not None
    assert named.picture.data
    for view in (missing, broken, hidden):
        assert view.picture is not None
        assert not view.picture.data


def test_a_passport_has_what_a_supply_teacher_needs_and_nothing_restricted() -> None:
    record = pupil()
    record["needs"] = [
        {"id": "n1", "type": "SLCN", "from": "2025-09-01", "description": "Words"},
        {"id": "n2", "type": "SEMH", "from": "2025-09-01", "restricted": True},
    ]
    shown = render([paper(record, passport)], "text").decode()
    for text in ("Words", "give me time", "Show me first", "hurry me", "Loud bells"):
        assert text in shown
    assert "A reader" in shown
    assert shown.count("STAFF ONLY, not for display") == 2
    assert "Social" not in shown
    assert "mental" not in shown
    record["profiles"] = []
    assert "Nothing is recorded." in render([paper(record, passport)], "text").decode()


LONG = "a long line that says much about what helps and what does not, and why; "


@pytest.mark.parametrize("module", [profile, passport])
def test_each_sheet_is_full_and_nothing_is_lost(module: Any) -> None:
    ask = {"picture": png()}
    long = pupil("R", {}, please_do=LONG * 40, please_do_not=f"{LONG * 40}the end")
    for size in ("a4", "a5", "card"):
        short = render([paper(pupil(photo={}), module, size=size, **ask)], "pdf")
        with pikepdf.open(BytesIO(short)) as pdf:
            assert len(pdf.pages) == 1
        texts = "".join(page_texts(render([paper(long, module, size=size)], "pdf")))
        assert "theend" in texts
