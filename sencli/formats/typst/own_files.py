"""Read the school's own template files, and nothing outside their folder.

The folder may have come from somebody else: a link, or a name with ``..``, would put a
file of this computer on a paper.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 5_000_000
# also in comments and strings: what is one, only the compiler knows for certain
_READS = re.compile(r"(?<![\w-])(?:(import|include)\b\s*(\"[^\"\n]*\")?|(eval|std)\b)")


def own_bytes(own: Path, name: str) -> bytes | None:
    """A file of the school's own; None where there is none.

    Args:
        own: the school's folder of templates, whether it is there or not.
        name: of the file, from there, with ``/``.

    Raises:
        InvalidValue: it is a link or reached by one, lies elsewhere, is no plain file
            or far too large.
    """
    at = own
    steps = name.replace("\\", "/").split("/")
    if any(step in ("", ".", "..") or ":" in step for step in steps):
        raise InvalidValue(
            f"{name!a} is not the name of a file in {own.name}/.",
            f"Put the file into {own.name}/, and give its name alone.",
        )
    for step in ("", *steps):
        at = at / step if step else at
        if at.is_symlink() or (hasattr(at, "is_junction") and at.is_junction()):
            raise InvalidValue(
                f"{_relative_path(own, at)} is a link, so it is not read: what it "
                f"leads to may "
                "be a file of this computer.",
                f"Put the file itself in its place, or delete "
                f"{_relative_path(own, at)}.",
            )
    if not at.exists():
        return None
    if not at.is_file():
        raise InvalidValue(
            f"{_relative_path(own, at)} is not a plain file, so it is not read.",
            f"Delete {_relative_path(own, at)}, or put the file in its place.",
        )
    if at.stat().st_size > _LARGEST:
        raise InvalidValue(
            f"{_relative_path(own, at)} has more than {_LARGEST // 1_000_000} MB.",
            f"Make {_relative_path(own, at)} smaller, or delete it.",
        )
    try:
        return at.read_bytes()
    except OSError as fault:
        raise InvalidValue(
            f"{_relative_path(own, at)} cannot be read: {fault.strerror}.",
            f"Mend {_relative_path(own, at)}, or delete it to use the usual one.",
        ) from fault


def _relative_path(own: Path, at: Path) -> str:
    return at.relative_to(own.parent).as_posix()


def brought_in(text: str, known: tuple[str, ...]) -> str:
    """What a template brings in that is none of our files, or ""; by any name.

    A name that is only worked out when the paper is made counts: nobody can judge it.

    Args:
        text: the template.
        known: the names of our files.
    """
    for found in _READS.finditer(text):
        name = (found[2] or "").strip('"')
        if name not in known:
            return f"{found[1] or found[3]} {found[2] or ''}".strip()
    return ""
