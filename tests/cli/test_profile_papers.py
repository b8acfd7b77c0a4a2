"""Pictures on profiles, cards for the class's folder, and the passport for staff."""

from __future__ import annotations

import json
from typing import Any

from tests.cli.test_print_school import school
from tests.conftest import Typed
from tests.formats.pdf_text import page_texts
from tests.formats.views import png

__all__ = ["school"]


def attach(school: Typed, name: str, data: bytes, more: str = "") -> None:
    (school.folder / "of_home").mkdir(exist_ok=True)
    (school.folder / "of_home" / name).write_bytes(data)
    title = name.partition(".")[0]
    school(f"sen document add amelia of_home/{name} --title {title} {more}")


def parent(school: Typed, name: str, more: str) -> None:
    school(f"sen contact add amelia '{name}' --relationship {more}")


def record(school: Typed) -> Any:
    return json.loads(school("sen pupil show amelia --format json").out)


def test_a_picture_is_named_by_its_title_and_stands_on_the_profile(
    school: Typed,
) -> None:
    none = school("sen pupil set amelia profile.picture=me", code=4)
    assert "sen document add" in none.err
    attach(school, "me.png", png())
    attach(school, "letter.pdf", b"%PDF-1.7")
    attach(school, "secret.png", png(), "--restricted")
    for title, why in (("letter", "no PNG or JPEG"), ("secret", "is restricted")):
        refused = school(f"sen pupil set amelia profile.picture={title}", code=3)
        assert why in refused.err
    school("sen pupil set amelia profile.picture=me 'profile.please_do=Wait; ask'")
    for document in ("profile", "passport"):
        shown = school(f"sen print {document} amelia").out
        assert "A picture of Amelia" in shown
        assert "Wait" in shown
    (page,) = record(school)["profiles"]
    kept = school(f"sen remove amelia {page['picture']}", code=3)
    assert "is referred to by" in kept.err
    (file,) = (school.folder / "documents").rglob(f"{page['picture']}.png")
    file.unlink()
    gone = school("sen print profile amelia")
    assert "the file of the picture is missing" in gone.err
    assert "my photo" in gone.out
    assert "is missing" in school("sen check", code=None).both


def test_a_card_is_one_for_each_pupil_and_other_papers_have_no_size(
    school: Typed,
) -> None:
    parent(school, "Sana Khan", "mother")
    parent(school, "Omar Khan", "father --sharing limited")
    school("sen pupil set amelia profile.strengths=Kind")
    cards = school("sen print profile --class 4B --size Card --format json")
    assert len(json.loads(cards.out)) == 2
    refused = school("sen print support-plan amelia --size card", code=2)
    assert "does not take --size" in refused.err


def test_the_list_in_front_says_that_papers_are_passports(school: Typed) -> None:
    school("sen print passport --class 4B --format pdf --output all.pdf")
    listed, *_ = page_texts((school.folder / "all.pdf").read_bytes())
    assert "4BPassport3" in listed
    one = school("sen print class-map --each --format csv --output sheets").both
    assert "Written: 1 file in sheets" in one


def test_a_passport_is_for_staff_alone(school: Typed) -> None:
    parent(school, "Sana Khan", "mother")
    for typed in ("--for parent", "--for agency", "--to sana", "--to sana --record"):
        refused = school(f"sen print passport amelia {typed}", code=2)
        assert "for the school's own staff" in refused.err
        assert not refused.out
    school("sen print passport amelia --to 'Ms Day (supply)' --record")
    (noted,) = record(school)["issued"]
    assert (noted["document"], noted["to"]) == ("passport", "Ms Day (supply)")
