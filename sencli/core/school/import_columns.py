"""Match the headings of a pupils' spreadsheet to fields."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence

from sencli.core.record.find import plain
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.terms import FLAGS

FIELDS = (
    *("id", "name", "first_name", "last_name", "known_as", "date_of_birth"),
    *("upn", "sex", "class", "year_group", "provision", "needs", "flags", "since"),
    *("attendance", "attendance_term"),
    *("ethnicity", "home_language"),
    *FLAGS,
)
ASIDE = frozenset({"stage", "review by", "layer", "teacher", "age", "restricted"})
_WORDS = {
    "pupil id": "id",
    "pupil": "name",
    "pupil name": "name",
    "student": "name",
    "student name": "name",
    "full name": "name",
    "forename": "first_name",
    "given name": "first_name",
    "surname": "last_name",
    "family name": "last_name",
    "preferred name": "known_as",
    "preferred forename": "known_as",
    "dob": "date_of_birth",
    "born": "date_of_birth",
    "gender": "sex",
    "registration group": "class",
    "registration form": "class",
    "reg group": "class",
    "tutor group": "class",
    "reg": "class",
    "form": "class",
    "year": "year_group",
    "nc year": "year_group",
    "sen": "provision",
    "status": "provision",
    "sen status": "provision",
    "sen provision": "provision",
    "sen code": "provision",
    "need": "needs",
    "sen need": "needs",
    "sen needs": "needs",
    "primary need": "needs",
    "need type": "needs",
    "sen need type": "needs",
    "sen type": "needs",
    "circumstances": "flags",
    "attendance %": "attendance",
    "% attendance": "attendance",
    "attendance per cent": "attendance",
    "attendance percentage": "attendance",
    "percentage attendance": "attendance",
    "term": "attendance_term",
    "ethnic background": "ethnicity",
    "ethnicity code": "ethnicity",
    "ethnic group": "ethnicity",
    "first language": "home_language",
    "language": "home_language",
    "home language code": "home_language",
    "language code": "home_language",
    "plac": "previously_looked_after",
    "from": "since",
    "sen start date": "since",
    "start date": "since",
    "pp": "pupil_premium",
    "fsm": "free_school_meals",
    "lac": "looked_after",
    "cla": "looked_after",
}
_KNOWN = {plain(name): name for name in FIELDS} | _WORDS
_KNOWN |= {plain(words): code for code, words in FLAGS.items()}


NAMELESS = "(without a heading)"
"""What a column without a heading is called, and named by to leave it out."""


def columns(
    headings: Sequence[str], mapped: Mapping[str, str], skipped: Iterable[str]
) -> tuple[list[str], list[str]]:
    """The field of each column ("" where it is left aside), and what is worked out.

    Args:
        headings: as they stand in the file.
        mapped: heading to field, as typed.
        skipped: headings that are left out.

    Raises:
        InvalidValue: a heading that is not known, twice the same field, no name.
        UsageFault: a heading or field that is not there was named.
    """
    own = {plain(head): _field(name) for head, name in mapped.items()}
    left = {plain(head) for head in skipped}
    folded = [plain(head or NAMELESS) for head in headings]
    for head in (*own, *left):
        if head not in folded:
            raise UsageFault(
                f"The file has no column {head!r}.", f"It has: {', '.join(headings)}"
            )
    found, aside, unknown = [], [], []
    for head, want in zip(headings, folded, strict=True):
        field = "" if want in left else own.get(want) or _KNOWN.get(want, "")
        if not field and want in ASIDE:
            aside.append(head)
        elif not field and want not in left:
            unknown.append(head or NAMELESS)
        found.append(field)
    _refuse(found, unknown)
    return found, aside


def _field(name: str) -> str:
    field = _KNOWN.get(plain(name))
    if field is None:
        raise UsageFault(
            f"There is no field {name!r} to import.", f"There are: {', '.join(FIELDS)}"
        )
    return field


def _refuse(found: Sequence[str], unknown: Sequence[str]) -> None:
    if unknown:
        raise InvalidValue(
            f"These columns are not known: {', '.join(unknown)}. Nothing was changed.",
            f'Say what each means: --map "{unknown[0]}=FIELD", or leave it out: '
            f'--skip "{unknown[0]}". Notes belong in a concern or a cycle.',
        )
    twice = sorted({name for name in found if name and found.count(name) > 1})
    if twice:
        raise InvalidValue(
            f"More than one column is {', '.join(twice)}. Nothing was changed.",
            "Leave one out: --skip COLUMN",
        )
    if not {"id", "upn", "name", "first_name"} & set(found):
        raise InvalidValue(
            "No column says who the pupil is. Nothing was changed.",
            "Name one: --map COLUMN=FIELD",
        )
