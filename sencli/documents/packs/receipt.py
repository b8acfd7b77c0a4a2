"""The page that the next school signs and sends back."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Text
from sencli.documents.view import View


def receipt(
    record: Entry,
    setting: PaperContext,
    to: str,
    contents: Sequence[str],
    withheld: Sequence[str],
) -> View:
    """The receipt for one pupil's record.

    Args:
        record: the pupil's.
        setting: the school and the day.
        to: the next school.
        contents: what is in the file, in words.
        withheld: what is restricted and not in it, by kind and day.
    """
    school = str(setting.school.get("name", ""))
    about = [("Pupil", lookup.full_name(record)), ("From", school), ("To", to)]
    if born := record.get("date_of_birth"):
        about.insert(1, ("Born", words(born)))
    blocks: list[Block] = [
        Text(
            f"Please sign this page and send it back to {school}, so that we know that "
            "the record has arrived and can be read.",
            "lead",
        ),
        Fields((*about, ("Sent on", words(setting.day)))),
        Heading("What was sent"),
        Bullets(tuple(contents)),
    ]
    if withheld:
        blocks += [
            Heading("What was not sent"),
            Text("These entries are restricted. Ask for them by telephone:"),
            Bullets(tuple(withheld)),
        ]
    blocks += [
        Heading("Received"),
        Text("We have received this record, and could open it."),
        Space("What could not be read, or is missing", 2),
        Sign((f"For {to}",)),
    ]
    return setting.view("Receipt for a pupil's SEN record", blocks, [record])
