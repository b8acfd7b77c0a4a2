"""Read and write the SEN part of a Common Transfer File (CTF, DfE), of any version.

What is read is a stranger's data: a file that declares anything (DTD, entities) is
refused, nothing in it is followed, and it is read as it comes, so that of a large file
only what counts is held. What is written is CTF-shaped: names, codes and dates under
the DfE's own tags, for a person or a program to read; no file for the school's s2s.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape

from sencli.errors import InvalidValue
from sencli.value import Value

LARGEST = 40_000_000
MOST_PUPILS = 5_000
_MOST_ENTRIES = 200
_DEEPEST = 40
_LONGEST = 400
_ASK = "Ask the office or the other school for the CTF again, as .xml"
_PUPIL = ("ctfile", "ctfpupildata", "pupil")
_SOURCE = ("ctfile", "header", "sourceschool")


class CtfNeed(Value):
    """A need as the file has it: texts, "" where it says nothing."""

    type: str = ""
    rank: str = ""
    begins: str = ""
    ends: str = ""


class CtfPupil(Value):
    """A pupil in the file.

    Attributes:
        number: which one in the file, from 1.
        fields: ``upn``, ``formerupn``, ``surname``, ``forename``, ``dob``, ``sex``.
        statuses: each start and code, in the order of the file.
        needs: in the order of the file.
    """

    number: int
    fields: Mapping[str, str]
    statuses: tuple[tuple[str, str], ...] = ()
    needs: tuple[CtfNeed, ...] = ()


class CtfFile(Value):
    """The file: its version and day, the school that it is of, and its pupils."""

    version: str
    made: str
    school: str
    lea: str
    estab: str
    pupils: tuple[CtfPupil, ...]


def read(data: bytes) -> CtfFile:
    """The pupils and their SEN history in a CTF.

    Raises:
        InvalidValue: too large, no CTF, broken, or one that declares anything.
    """
    if len(data) > LARGEST:
        raise InvalidValue(
            f"The file is larger than {LARGEST // 1_000_000} MB: that is no CTF of a "
            "school's leavers.",
            _ASK,
        )
    reader = _CtfReader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InvalidValue(
            f"The file is not whole XML (line {error.lineno}).", _ASK
        ) from None
    except (ValueError, LookupError):
        raise InvalidValue(
            "The characters in this file cannot be read.", _ASK
        ) from None
    return reader.found()


class _CtfReader:
    """What is taken from the file as it goes by."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._shut
        self.parser.CharacterDataHandler = self._said
        self._way: list[str] = []
        self._text: list[str] = []
        self._head: dict[str, str] = {}
        self._pupils: list[CtfPupil] = []
        self._fields: dict[str, str] = {}
        self._status: dict[str, str] = {}
        self._statuses: list[tuple[str, str]] = []
        self._need: dict[str, str] = {}
        self._needs: list[CtfNeed] = []

    def found(self) -> CtfFile:
        """The file as read."""
        head = self._head.get
        return CtfFile(
            *(head("ctfversion", ""), head("datetime", "")[:10]),
            *(head("schoolname", ""), head("lea", ""), head("estab", "")),
            tuple(self._pupils),
        )

    def _refuse(self, *_: object) -> None:
        raise InvalidValue(
            "The file declares something of its own (a DTD or an entity), as no CTF "
            "does: it was not read.",
            _ASK,
        )

    def _opened(self, name: str, _: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2].casefold()
        if not self._way and local != "ctfile":
            raise InvalidValue(
                f"The file is XML, but no CTF: it begins with {local[:40]!a}.", _ASK
            )
        if len(self._way) >= _DEEPEST:
            raise InvalidValue("The file is nested too deep, as no CTF is.", _ASK)
        self._way.append(local)
        self._text = []
        if tuple(self._way) == _PUPIL:
            self._fields, self._statuses, self._needs = {}, [], []
        elif local == "sen":
            self._status = {}
        elif local == "senneed":
            self._need = {}

    def _said(self, text: str) -> None:
        if sum(map(len, self._text)) < _LONGEST:
            self._text.append(text)

    def _shut(self, _: str) -> None:
        way = tuple(self._way)
        above, local = way[:-1], self._way.pop()
        text = " ".join("".join(self._text).split())[:_LONGEST]
        self._text = []
        if above in {("ctfile", "header"), _SOURCE}:
            self._head.setdefault(local, text)
        elif way == _PUPIL:
            self._keep()
        elif above == _PUPIL:
            local = "sex" if local == "gender" else local
            if local in {"upn", "formerupn", "surname", "forename", "dob", "sex"}:
                self._fields.setdefault(local, text)
        elif way[: len(_PUPIL)] == _PUPIL:
            self._history(above[-1], local, text)

    def _history(self, above: str, local: str, text: str) -> None:
        if above == "sen":
            self._status.setdefault(local, text)
        elif above == "senneed":
            self._need.setdefault(local, text)
        elif local == "sen":
            pair = self._status.get("startdate", ""), self._status.get("senprovision")
            self._statuses.append((pair[0], pair[1] or ""))
        elif local == "senneed":
            need = self._need.get
            self._needs.append(
                CtfNeed(
                    *(need("sentype", ""), need("sentyperank", "")),
                    *(need("needstartdate", ""), need("needenddate", "")),
                )
            )
        if max(len(self._statuses), len(self._needs)) > _MOST_ENTRIES:
            raise InvalidValue(
                f"A pupil in the file has more than {_MOST_ENTRIES} entries.", _ASK
            )

    def _keep(self) -> None:
        if len(self._pupils) >= MOST_PUPILS:
            raise InvalidValue(f"The file has more than {MOST_PUPILS:,} pupils.", _ASK)
        self._pupils.append(
            CtfPupil(
                *(len(self._pupils) + 1, dict(self._fields)),
                *(tuple(self._statuses), tuple(self._needs)),
            )
        )


def written(
    made: str, year: int, school: str, pupil: CtfPupil, numbers: Mapping[str, str]
) -> bytes:
    """The SEN data of one pupil in the shape of a CTF.

    Args:
        made: ISO day.
        year: in which the school year begins.
        school: its name.
        pupil: texts as the records have them; empty ones are left out.
        numbers: ``LEA`` and ``Estab`` of the school, where they are known.
    """
    own = pupil.fields
    names = {"UPN": "upn", "FormerUPN": "formerupn", "Surname": "surname"}
    names |= {"Forename": "forename", "DOB": "dob", "Sex": "sex"}
    statuses = [
        _element("SEN", _leaves([("StartDate", begins), ("SENprovision", code)]))
        for begins, code in pupil.statuses
    ]
    needs = [
        _element(
            "SENneed",
            _leaves(
                [
                    *(("NeedStartDate", need.begins), ("NeedEndDate", need.ends)),
                    *(("SENtypeRank", need.rank), ("SENtype", need.type)),
                ]
            ),
        )
        for need in pupil.needs
    ]
    history = [*statuses, *([_element("SENneeds", needs)] if needs else [])]
    source = _leaves([*numbers.items(), ("SchoolName", school), ("AcademicYear", year)])
    head = [
        *_leaves([("DocumentName", "SEN data in the shape of a Common Transfer File")]),
        *_leaves([("CTFversion", "25.0"), ("DateTime", f"{made}T00:00:00")]),
        *_leaves([("DocumentQualifier", "partial"), ("SupplierID", "sencli")]),
        _element("SourceSchool", source),
    ]
    whole = _element(
        "CTfile",
        [
            _element("Header", head),
            _element(
                "CTFpupilData",
                [
                    _element(
                        "Pupil",
                        [
                            *_leaves(
                                (tag, own.get(key, "")) for tag, key in names.items()
                            ),
                            _element("SENhistory", history),
                        ],
                    )
                ],
            ),
        ],
    )
    note = "<!-- Not for s2s: the school's own system sends the CTF itself. -->"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{note}\n{whole}\n'.encode()


def _leaves(pairs: Iterable[tuple[str, object]]) -> list[str]:
    return [f"<{tag}>{escape(str(text))}</{tag}>" for tag, text in pairs if text]


def _element(tag: str, inner: list[str]) -> str:
    lines = "\n".join(inner).replace("\n", "\n  ")
    return f"<{tag}>\n  {lines}\n</{tag}>" if inner else f"<{tag}/>"
