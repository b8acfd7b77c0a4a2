"""The acts that faults are injected into: ``python -m benchmarks.acts NAME DIR``.

Each ends with the exit code that `sen` would end with.
"""

from __future__ import annotations

import os
import random
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.shell.run import run
from sencli.errors import SencliError
from sencli.store.erasure import erase
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from sencli.store.sync.sync import Meeting
from sencli.store.undo import undo

if TYPE_CHECKING:
    from collections.abc import Callable

IDS = ("p3dfb", "p4fgh", "pd5gh", "pf6hj", "pg7jk", "ph8km")
DAY = "2025-10-20"
ERASED = "Quillfeather"
INIT = Message("init", "Begin the records")


def record(pupil_id: str) -> dict[str, Any]:
    """A new pupil's record; the one who is erased is named as nobody else is."""
    last = ERASED if pupil_id == IDS[0] else "Example"
    return {"schema": 1, "id": pupil_id, "first_name": "Ann", "last_name": last}


def starting_files() -> dict[str, bytes]:
    """The files of a new repository."""
    return {
        "school.yaml": b"schema: 1\nname: Oak Primary\n",
        "provisions.yaml": b"schema: 1\n",
        "groups.yaml": b"schema: 1\n",
        ".gitattributes": b"* -text\n",
    }


def adds(pupil_id: str) -> Callable[[Draft], Message]:
    """An act that adds a pupil."""

    def act(draft: Draft) -> Message:
        draft.put(f"pupils/{pupil_id}.yaml", record(pupil_id))
        return Message("pupil.add", "Add a pupil")

    return act


def notes(text: str, *ids: str) -> Callable[[Draft], Message]:
    """An act that adds one concern to each of these pupils' records."""

    def act(draft: Draft) -> Message:
        for pupil_id in ids:
            path = f"pupils/{pupil_id}.yaml"
            found = draft.read(path)
            listed = found.setdefault("concerns", [])
            number = f"c{len(listed):04}"
            listed.append({"id": number, "date": "2025-10-01", "concern": text})
            draft.put(path, found)
        return Message("concern.add", "Record a concern")

    return act


def _undo(repository: Repository) -> None:
    undo.apply(repository, undo.plan(repository))


def _batch(repository: Repository) -> None:
    with repository.batch() as batch:
        for number in range(60):
            batch.change(notes(f"note {number}", *IDS[:2]))


def _erase(repository: Repository) -> None:
    """With a fixed salt, so that each run leaves the same files."""
    erase.Eraser(repository, IDS[0]).erase("End of retention", DAY, "00" * 16)


ACTS: dict[str, Callable[[Repository], object]] = {
    "single": lambda repository: repository.change(notes("one", IDS[0])),
    "several": lambda repository: repository.change(notes("all", *IDS)),
    "new": lambda repository: repository.change(adds("pj9mn")),
    "batch": _batch,
    "undo": _undo,
    "erase": _erase,
    "sync": lambda repository: Meeting(repository, "origin").meet({}),
    "places": lambda repository: [
        Meeting(Repository.find(repository.folder), name).meet({})
        for name in ("origin", "south")
    ],
    "read": lambda repository: repository.pupil(IDS[1]),
}


SCHOOL = (
    "staff add TA2 --name 'B. Ali' --role TA",
    (
        "provision add precision-teaching --name 'Precision teaching' --tier targeted "
        "--area 'cognition and learning' --minutes 30 --sessions-per-week 3 "
        "--group-size 4 --led-by-role TA"
    ),
)
PUPIL = (
    "pupil add '{0} Example' --year-group 4 --class 4B",
    "cycle open {0} --date 15/09/2025 --assessment 'Reads 22 of 100 words'",
    "cycle plan {0} --date 18/09/2025 --review-by 12/12/2025",
    (
        "outcome add {0} 'Reads 60 words' --measure 'words of 100' --baseline 22 "
        "--target 60 --by 12/12/2025"
    ),
    (
        "intervention add {0} precision-teaching --outcome 1 --led-by TA2 "
        "--group 'HFW 1' --start 22/09/2025 --end 12/12/2025"
    ),
)
LOG = "session log 'HFW 1' --date 22/09/2025"


KEY = "key"  # two folders above the records, beside what else the acts need
LIST = "list.csv"
LETTER = "letter.txt"
_EDITOR = "editor.py"
TYPED = {
    "log": LOG,
    "attach": f"document add {IDS[1]} {{0}}/{LETTER} --title 'A letter'",
    "draft": f"concern add {IDS[1]} --raised-by parent --edit",
    "import": f"import {{0}}/{LIST} --yes",
    "return": f"pupil return {IDS[2]} --date 20/10/2025",
    "restore": "doctor --fix",
    "sign": f"init --sign --key {{0}}/{KEY}",
    "init-sign": f"init elm --school Elm --senco 'J. Patel' --sign --key {{0}}/{KEY}",
}
_TYPING = """\
import pathlib, sys
path, mark = pathlib.Path(sys.argv[-1]), "## What was said\\n"
text = path.read_text("utf-8")
if "Hums" not in text:
    text = text.replace(mark, mark + "Hums in class.\\n")
path.write_text(text, "utf-8", newline="\\n")
"""
_SURE = ("restore",)  # the doctor ends with 1 where it still has something to say


def things(folder: Path) -> None:
    """What the typed acts need beside the records."""
    words = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / KEY))
    subprocess.run(words, check=True)
    rows = "\n".join(f"Ivy Example{n},{n + 1}/03/2016,4B" for n in range(12))
    texts = {
        LIST: f"name,dob,class\n{rows}\n",
        LETTER: "An invented letter.\n" * 200,
        _EDITOR: _TYPING,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def lay(name: str, folder: Path) -> None:
    """What has to be so before an act."""
    if name == "return":
        typed(str(folder), f"pupil leave {IDS[2]} --date 10/10/2025")
    if name == "restore":
        for pupil_id in IDS[3:]:
            (folder / "pupils" / f"{pupil_id}.yaml").unlink()


def _type(name: str, folder: str) -> int:
    beside = Path(folder).parents[1]
    os.environ["EDITOR"] = f"{shlex.quote(sys.executable)} {beside / _EDITOR}"
    # in a process of its own: the same ids each time
    random.SystemRandom = lambda: random.Random(7)
    at = str(Path(folder).parent) if name == "init-sign" else folder
    status = typed(at, TYPED[name].format(beside))
    return 0 if name in _SURE and status == 1 else status


def typed(folder: str, line: str) -> int:
    """Type one command line of `sen` in these records; its exit code."""
    before = os.environ.get("SENCLI_TODAY", "")
    os.environ["SENCLI_TODAY"] = DAY
    try:
        return run(["-C", folder, *shlex.split(line)])
    finally:
        os.environ["SENCLI_TODAY"] = before


def group(folder: str) -> None:
    """Three pupils who are taught in one group."""
    for line in SCHOOL:
        typed(folder, line)
    for name in ("Xanthe", "Yorick", "Zelda"):
        for line in PUPIL:
            typed(folder, line.format(name))


def perform(name: str, folder: str) -> int:
    """Do one act; the exit code."""
    try:
        if name in TYPED:
            return _type(name, folder)
        if name == "init":
            Repository.create(Path(folder), starting_files(), INIT)
        else:
            ACTS[name](Repository.find(folder))
    except SencliError as error:
        print(error.message, file=sys.stderr)
        return error.exit_code
    return 0


def main() -> None:
    """The act and the folder stand on the command line."""
    status = perform(sys.argv[1], sys.argv[2])
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
