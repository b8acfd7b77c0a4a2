"""What a new records repository holds beside its records: schemas, settings, README."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from sencli.resources import folder
from sencli.store import emit

if TYPE_CHECKING:
    from collections.abc import Mapping

_ATTRIBUTES = """\
# Nothing here is turned into other line ends or letters on any computer, or filtered,
# whatever its user has set for all folders.
* -text -filter -ident -working-tree-encoding
*.yaml text eol=lf
pupils/*.yaml text eol=lf merge=sencli diff=sencli
"""

_IGNORE = """\
# Papers are printed from the records, never kept in their history.
*.pdf
*.html
*.csv
!/documents/**
# what editors and systems leave behind
*~
.*.sw?
.DS_Store
Thumbs.db
"""

_README = """\
# SEN support records

This folder holds pupils' special educational needs records. It is **private**: health
data about children. Keep it on an encrypted disk. Never put it on a public site, in an
e-mail, or in a folder that others can open.

| Here | What it is |
|---|---|
| `school.yaml` | the school, its staff, hourly rates, term dates and settings |
| `provisions.yaml` | what the school offers, and the scales it measures with |
| `groups.yaml` | teaching groups (who is in them stands in the pupils' records) |
| `pupils/` | one file for each pupil: the whole history of support |
| `documents/` | reports and letters that belong to a record |
| `.sencli/schemas/` | what each field of these files means |

The files are plain text and can be read without any program. Change them with `sen`:
it checks what is typed and keeps each change, with who made it and when, in the
history of the folder.

    sen --help              what can be done
    sen pupil list          who is here
    sen history NAME        who changed what, and when

Files are named by a made-up id, never by a child's name. Please keep it so: names in
file names or in the history's messages could not be taken out again.

Child-protection notes do not belong here.
"""


def first_files(
    school: Mapping[str, Any], provisions: Mapping[str, Any], groups: Mapping[str, Any]
) -> dict[str, bytes]:
    """Every file of a new repository, by path."""
    records = {"school": school, "provisions": provisions, "groups": groups}
    texts = {
        f"{name}.yaml": emit.dumps(dict(record), name)
        for name, record in records.items()
    }
    texts[".gitattributes"] = _ATTRIBUTES
    texts[".gitignore"] = _IGNORE
    texts["README.md"] = _README
    files = {path: text.encode() for path, text in texts.items()}
    return files | schemas()


def schemas() -> dict[str, bytes]:
    """The schemas that records are written under, as they stand in a repository."""
    return {
        f".sencli/schemas/{path.name}": path.read_bytes()
        for path in sorted(folder("schemas").glob("*.schema.json"))
    }
