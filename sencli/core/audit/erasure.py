"""The text of an erasure: a neutral replacement for the id, and the certificate.

A certificate tells what was erased, when and why, without saying of whom, and which
commit became which. Nothing in it is worked out from the id: a version of the record
that an old copy brings back is known again by a hash of its whole content, which nobody
can guess who only goes through all ids (docs/decisions.md).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sencli.core.text.dates import words
from sencli.core.text.names_in_text import Names
from sencli.errors import InvalidValue
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping

ACTION = "erase"
FOLDER = ".sencli/erasures"
NEUTRAL = b"an erased pupil"
WHAT = "one pupil's record, the documents kept with it and what it was mentioned in"
WORDS = "names of a pupil in messages, notes and texts"
_HEADING = "sencli erasure certificate 2"
# until version 0.2 the id itself was hashed: still read, no longer written
_OLD_HEADING = "sencli erasure certificate 1"
_ROUNDS = 10_000
_LONGEST = 200
_ID = r"[0-9a-f]{40}"
_LINE = re.compile(rf"({_ID}) ({_ID})( left-out)?")
_LEFT_OUT = " left-out"
_CONTENT = re.compile(r"content [0-9a-f]{64}")
_KNOWN = re.compile(rf"pbkdf2-sha256 {_ROUNDS} ([0-9a-f]{{32}})( [0-9a-f]{{64}})?")
_NOTHING = re.compile(rb"(?!)")
_UNDOES = re.compile(rb"^(Undoes: )([0-9a-f]{40})$", re.MULTILINE)


def word(ids: Collection[str]) -> re.Pattern[bytes]:
    """A pattern that finds these ids as whole words, in upper or lower case."""
    if not ids:
        return _NOTHING
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


def only_taken_out(before: str, after: str) -> bool:
    """Whether a text is another text with parts removed and nothing else changed.

    Args:
        before: the text as it was.
        after: the text with the neutral words where something stood.
    """
    first, *rest = after.split(NEUTRAL.decode())
    if not rest:
        return before == after
    if not before.startswith(first):
        return False
    at, last = len(first), rest.pop()
    for part in rest:
        found = before.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return before.endswith(last) and len(before) - len(last) > at


class Certificate(Value):
    """The certificate of an erasure: what was removed, when and why.

    Attributes:
        date: the day, ISO.
        ground: why, in the words of whoever decided.
        before: the newest commit before it.
        after: the commit that this one became.
        known_by: how what was erased is hashed, with the salt; in a certificate of old,
            the hash of the id too.
        commits: old name to new, oldest first, for each commit that changed; of one
            that is left out, what stands in its place.
        gone: the commits that are left out.
        contents: the salted hashes of every content that was erased (`hashed`).
    """

    date: str
    ground: str
    before: str
    after: str
    known_by: str
    commits: dict[str, str]
    gone: frozenset[str]
    contents: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """The day in words."""
        return words(self.date)

    @property
    def salt(self) -> str:
        """The salt of a hashed id, or "" if it is not in our form."""
        found = _KNOWN.fullmatch(self.known_by)
        return found[1] if found else ""

    @property
    def about_a_pupil(self) -> bool:
        """Whether a record was erased, and not only names in texts."""
        return self._old or bool(self.contents)

    @property
    def _old(self) -> bool:
        found = _KNOWN.fullmatch(self.known_by)
        return not found or bool(found[2])

    def text(self) -> str:
        """The certificate as it is kept in the records."""
        head = (
            f"{_OLD_HEADING if self._old else _HEADING}\n"
            f"date: {self.date}\n"
            f"erased: {WHAT if self.about_a_pupil else WORDS}\n"
            f"ground: {self.ground}\n"
            f"known-by: {self.known_by}\n"
            f"before: {self.before}\n"
            f"after: {self.after}\n\n"
        )
        lines = (
            f"{old} {new}{_LEFT_OUT if old in self.gone else ''}\n"
            for old, new in self.commits.items()
        )
        contents = (f"content {one}\n" for one in self.contents)
        return head + "".join((*lines, *contents))

    @classmethod
    def parse(cls, text: str) -> Certificate:
        """Read one; InvalidValue where it is not one to the letter."""
        head, _, rest = text.partition("\n\n")
        lines = head.split("\n")[1:]
        told = dict(line.partition(": ")[::2] for line in lines)
        commits: dict[str, str] = {}
        gone, contents = set(), []
        for line in rest.splitlines():
            if _CONTENT.fullmatch(line):
                contents.append(line.partition(" ")[2])
                continue
            found = _LINE.fullmatch(line)
            if not found or found[1] in commits:
                raise InvalidValue(f"{line[:90]!a} is no line of a certificate.")
            commits[found[1]] = found[2]
            if found[3]:
                gone.add(found[1])
        keys = ("date", "ground", "before", "after", "known-by")
        if any(not told.get(key) for key in keys):
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
            tuple(contents),
        )
        ids = (made.before, made.after)
        # the heading is part of the text
        if made.text() != text or not all(re.fullmatch(_ID, name) for name in ids):
            raise InvalidValue("This is not an erasure's certificate.")
        return made

    def recognises(self, pupil_id: str, contents: Iterable[str]) -> bool:
        """Whether this is what was erased.

        Args:
            pupil_id: the id, by which certificates of old know it.
            contents: the names of contents of the record and its documents.
        """
        if not self.salt:
            return False
        if self._old:
            return self.known_by.endswith(f" {hashed(pupil_id, self.salt)}")
        return any(hashed(one, self.salt) in self.contents for one in contents)


def method(salt: str) -> str:
    """How a certificate says what it hashes by.

    Args:
        salt: random, as hexadecimal figures.
    """
    return f"pbkdf2-sha256 {_ROUNDS} {salt}"


def hashed(what: str, salt: str) -> str:
    """The name of a content as a certificate has it: enough to know it again.

    Args:
        what: the name.
        salt: random, as hexadecimal figures.
    """
    made = hashlib.pbkdf2_hmac("sha256", what.encode(), bytes.fromhex(salt), _ROUNDS)
    return made.hex()


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
