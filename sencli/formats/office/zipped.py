"""The frame of an office file: its day, and the same bytes from the same parts."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED
from zipfile import ZipFile
from zipfile import ZipInfo

from sencli.documents.made_in.language_marks import unmarked
from sencli.formats.typst.text_runs import clean

_MOST = 255
_EPOCH = "1980-01-01"
"""The first day that such a file can name."""


def day_of(day: str) -> datetime:
    """The midnight of an ISO day; of what is none, the first that there is."""
    try:
        return datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromisoformat(_EPOCH).replace(tzinfo=UTC)


def property_of(text: str) -> str:
    """A text as one of the properties of a file, which are short."""
    return " ".join(unmarked(clean(text)).split())[:_MOST]


def rezipped(data: bytes) -> bytes:
    """The parts of a file, zipped without the time of the clock."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w") as new:
        for name in old.namelist():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # as from Windows, wherever it is made
            new.writestr(info, old.read(name))
    return held.getvalue()
