"""What an erasure writes: neutral words in place of an id, and its certificate.

A certificate tells what was erased, when and why, without saying of whom, and which
commit became which. The id itself stands in it only as a salted hash: enough to know
the record again if an old copy brings it back. The salt stands beside it, so the length
of the id is what guards it (docs/decisions.md).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sencli.core.dates import words
from sencli.core.names_in_text import Names
from sencli.errors import InvalidValue
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

ACTION = "erase"
FOLDER = ".sencli/erasures"
NEUTRAL = b"an erased pupil"
WHAT = "one pupil's record, the documents kept with it and what it was mentioned in"
_HEADING = "sencli erasure certificate 1"
_ROUNDS = 10_000
_LONGEST = 200
_ID = r"[0-9a-f]{40}"
_LINE = re.compile(rf"({_ID}) ({_ID})( left-out)?")
_LEFT_OUT = " left-out"
_KNOWN = re.compile(rf"pbkdf2-sha256 {_ROUNDS} ([0-9a-f]{{32}}) [0-9a-f]{{64}}")
_UNDOES = re.compile(rb"^(Undoes: )([0-9a-f]{40})$", re.MULTILINE)


def word(ids: Collection[str]) -> re.Pattern[bytes]:
    """Finds these ids where they stand by themselves, in any case."""
    either = "|".join(map(re.escape, sorted(ids)))
    return re.compile(rf"(?i)(?<![a-z0-9])(?:{either})(?![a-z0-9])".encode())


def neutral(
    message: bytes, ids: re.Pattern[bytes], commits: Mapping[str, str]
) -> bytes:
    """A commit's message without the ids, and with the new names of commits.

    Args:
        message: as it stands in the commit.
        ids: what must go (`word`).
        commits: old name to new, for those that were rewritten.
    """
    if ids.search(message):
        lines = message.split(b"\n")
        kept = [
            line
            for line in lines
            if not (line.startswith(b"Pupil: ") and ids.fullmatch(line[7:].strip()))
        ]
        message = ids.sub(NEUTRAL, b"\n".join(kept))

    def named(found: re.Match[bytes]) -> bytes:
        name = found[2].decode()
        return found[1] + commits.get(name, name).encode()

    return _UNDOES.sub(named, message)


class Certificate(Value):
    """What an erasure did.

    Attributes:
        date: the day, ISO.
        ground: why, in the words of whoever decided.
        before: the newest commit before it.
        after: the commit that this one became.
        known_by: the salted hash of the id, as `recognises` reads it.
        commits: old name to new, oldest first, for each commit that changed; of one
            that is left out, what stands in its place.
        gone: the commits that are left out.
    """

    date: str
    ground: str
    before: str
    after: str
    known_by: str
    commits: dict[str, str]
    gone: frozenset[str]

    @property
    def day(self) -> str:
        """The day in words."""
        return words(self.date)

    @property
    def salt(self) -> str:
        """What the id was hashed with; "" where it is not as we hash."""
        found = _KNOWN.fullmatch(self.known_by)
        return found[1] if found else ""

    def text(self) -> str:
        """The certificate as it is kept in the records."""
        head = (
            f"{_HEADING}\n"
            f"date: {self.date}\n"
            f"erased: {WHAT}\n"
            f"ground: {self.ground}\n"
            f"known-by: {self.known_by}\n"
            f"before: {self.before}\n"
            f"after: {self.after}\n\n"
        )
        lines = (
            f"{old} {new}{_LEFT_OUT if old in self.gone else ''}\n"
            for old, new in self.commits.items()
        )
        return head + "".join(lines)

    @classmethod
    def parse(cls, text: str) -> Certificate:
        """Read one; InvalidValue where it is not one to the letter."""
        head, _, rest = text.partition("\n\n")
        first, *lines = head.split("\n")
        told = dict(line.partition(": ")[::2] for line in lines)
        commits: dict[str, str] = {}
        gone = set()
        for line in rest.splitlines():
            found = _LINE.fullmatch(line)
            if not found or found[1] in commits:
                raise InvalidValue(f"{line[:90]!a} is no line of a certificate.")
            commits[found[1]] = found[2]
            if found[3]:
                gone.add(found[1])
        keys = ("date", "ground", "before", "after", "known-by")
        if first != _HEADING or any(not told.get(key) for key in keys):
            raise InvalidValue("This is not an erasure's certificate.")
        try:
            words(told["date"])
        except ValueError:
            raise InvalidValue("This is not an erasure's certificate.") from None
        made = cls(
            told["date"],
            told["ground"],
            told["before"],
            told["after"],
            told["known-by"],
            commits,
            frozenset(gone),
        )
        ids = (made.before, made.after)
        if made.text() != text or not all(re.fullmatch(_ID, name) for name in ids):
            raise InvalidValue("This is not an erasure's certificate.")
        return made

    def recognises(self, pupil_id: str) -> bool:
        """Whether this is the pupil that was erased."""
        return bool(self.salt) and self.known_by == hashed(pupil_id, self.salt)


def hashed(pupil_id: str, salt: str) -> str:
    """An id as a certificate has it: enough to know it again, not to read it.

    Args:
        pupil_id: the id.
        salt: random, as hexadecimal figures.
    """
    made = hashlib.pbkdf2_hmac(
        "sha256", pupil_id.encode(), bytes.fromhex(salt), _ROUNDS
    )
    return f"pbkdf2-sha256 {_ROUNDS} {salt} {made.hex()}"


def checked_ground(typed: str, private: Collection[str]) -> str:
    """The ground of an erasure, which is kept for ever: one line that names nobody.

    Args:
        typed: the words.
        private: what must not stand in it: names, the id, the UPN.

    Raises:
        InvalidValue: it is empty or too long, or names the pupil.
    """
    ground = " ".join(typed.split())
    if not ground or len(ground) > _LONGEST or not ground.isprintable():
        raise InvalidValue(
            f"The ground of an erasure is one line of at most {_LONGEST} letters.",
            '--ground "THE REASON"',
        )
    for named in Names(private).longest(ground):
        raise InvalidValue(
            "The ground is kept for ever, so it must not name the pupil: leave "
            f"{ground[named.start : named.end]!a} out. Nothing was changed."
        )
    return ground
