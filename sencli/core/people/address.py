"""How a letter names a contact: on the envelope, and after "Dear"."""

from __future__ import annotations

from collections.abc import Iterable

from sencli.core.record.types import Entry
from sencli.core.text.folding import fold


def envelope_name(contact: Entry) -> str:
    """``Mrs Sana Khan``; without a title the name alone."""
    name, title = str(contact.get("name", "")), str(contact.get("title", ""))
    return f"{title} {name}" if title and not _titled(name, title) else name


def dear_name(contact: Entry, family_name: str = "") -> str:
    """``Mrs Khan``: the form of address, else title and family name, else the name.

    Args:
        contact: the contact.
        family_name: the pupil's: where the contact bears it too, it is known where the
            family name begins.
    """
    if form := contact.get("form_of_address"):
        return str(form)
    name, title = str(contact.get("name", "")), str(contact.get("title", ""))
    if not title or _titled(name, title):
        return name
    return f"{title} {_family_name(name, family_name)}"


def home_address(contacts: Iterable[Entry]) -> str:
    """Where the pupil lives: the address of whom they live with, or ""."""
    home = (contact for contact in contacts if contact.get("lives_with"))
    return next((str(c["address"]) for c in home if "address" in c), "")


def _titled(name: str, title: str) -> bool:
    """Whether the name was entered with the title: ``Mrs Sana Khan``."""
    return fold(name).startswith(f"{fold(title)} ")


def _family_name(name: str, pupils: str) -> str:
    words = name.split()
    if pupils and fold(name).endswith(f" {fold(pupils)}"):
        return " ".join(words[-len(pupils.split()) :])
    start = len(words) - 1
    # van der Berg, de Souza, al Hassan: what is written small belongs to it
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:])
