"""What every letter has: address, salutation, whom to speak to, "Yours sincerely"."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.text.folding import fold
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.people import People
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Sign
from sencli.documents.view import Text


def opening(
    setting: PaperContext, addressee: Sequence[str], dear: str
) -> tuple[Text, ...]:
    """The school's address, the reader's, the date and the salutation.

    Args:
        setting: school, day and words.
        addressee: the lines of the reader's name and address; empty ones are left out.
        dear: the name after "Dear".
    """
    paper = setting.school.get("letterhead", {})
    own = ", ".join([*str(paper.get("address", "")).splitlines(), *_ways(setting)])
    parts = (
        Text(own, "small"),
        Text("\n".join(line for line in addressee if line)),
        Text(setting.words.date(setting.day)),
        Text(setting.words("letters.dear", name=dear)),
    )
    return tuple(part for part in parts if part.text)


def to_authority(
    setting: PaperContext, officer: str, authority: str
) -> tuple[str, ...]:
    """Who reads it at an authority, and where; its own SEN team where it is known.

    Args:
        setting: the school, which knows its own authority.
        officer: who deals with it there, or "".
        authority: the authority's name, or "".
    """
    own = fold(str(setting.school.get("authority_name", "")))
    team = setting.school.get("sen_team", {}) if own == fold(authority) else {}
    name = officer or str(team.get("name", ""))
    return name, authority, str(team.get("address", "")), str(team.get("email", ""))


def closing(
    setting: PaperContext, people: People, *, for_family: bool = True
) -> list[Block]:
    """Advice for parents, whom to speak to, "Yours sincerely", and the SENCO's name."""
    words = setting.words
    ways = ", ".join(_ways(setting))
    teacher = people.name("teacher") if people.teacher else ""
    close = words(
        "letters.close" if for_family else "letters.close_professional",
        ways=words("letters.reach", ways=ways) if ways else "",
        teacher=words("letters.or_teacher", teacher=teacher) if teacher else "",
    )
    texts = [advice(setting) if for_family else "", close, words("letters.yours")]
    signs = Sign((people.name("senco"),), words("summary.sign_date"))
    return [*(Text(text) for text in texts if text), signs]


def advice(setting: PaperContext) -> str:
    """The local advice service for parents; "" where the school has not entered it."""
    service = setting.school.get("sendiass", {})
    if "name" not in service:
        return ""
    ways = [service[k] for k in ("telephone", "email", "website") if k in service]
    return setting.words(
        "summary.advice", service=service["name"], contact=", ".join(ways)
    ).strip()


def in_language(setting: PaperContext, language: str) -> str:
    """That the letter can be explained in the reader's language; "" if it is in it."""
    spoken = fold(language)
    if not language or any(own in spoken for own in _own_language(setting)):
        return ""
    return setting.words("letters.in_language", language=language)


def lacking(
    setting: PaperContext, people: People, *, for_family: bool = True
) -> tuple[Aside, ...]:
    """What the one who prints is told: no name to sign with, no advice service."""
    found = []
    if people.name("senco") == setting.words("people.senco"):
        found.append(
            Aside(
                "The letter has no name under it: no SENCO is entered.",
                "sen staff add INITIALS --name NAME --role SENCO",
            )
        )
    if for_family and not advice(setting):
        found.append(
            Aside(
                "The letter names no advice service for parents (SENDIASS).",
                "sen school set sendiass.name=NAME",
            )
        )
    return tuple(found)


def _own_language(setting: PaperContext) -> set[str]:
    said = (setting.words.find("language"), setting.words.find("own_name"))
    return {fold(name) for name in said if name}


def _ways(setting: PaperContext) -> list[str]:
    """How to reach the school."""
    paper = setting.school.get("letterhead", {})
    return [str(paper[key]) for key in ("telephone", "email") if key in paper]
