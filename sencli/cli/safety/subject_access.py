"""``sen export subject-access``: all that is held on a pupil, reviewed and sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.safety.all_held import all_held
from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.core.handover import access
from sencli.core.papers import access_marks
from sencli.core.papers.third_people import RELEASE
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.safe import safe_text

if TYPE_CHECKING:
    from sencli.core.handover.material import Passage
    from sencli.core.papers.access_marks import Mark
    from sencli.core.record.types import Record
    from sencli.documents.pupil.subject_access import Case
    from sencli.documents.view import View

_FORMATS = ("pdf", "html", "json")
_AROUND = 60
_FEW = 8
_SHORT = {"r": "release", "b": "black_out", "w": "whole"}
_LINE = re.compile(r"\s*(\d+)\s+(\w+)")
_PRIVATE = "reviewer"
_LIST = "decisions.txt"
_PACK = "what-is-held"


def _marks(option: str, told: str) -> Callable[[Any], Any]:
    """An option that names marks, by numbers, ranges or kinds; it may be repeated."""
    return click.option(option, type=LINE, multiple=True, metavar="MARKS", help=told)


@click.command("subject-access")
@click.argument("who", metavar="PUPIL")
@click.option(
    "--request",
    "which",
    type=LINE,
    metavar="REQUEST",
    help="Which request (default the open one).",
)
@click.option(
    "--output",
    type=click.Path(),
    metavar="FOLDER",
    help="Folder for the reviewer's edition, or for the pack once all is decided.",
)
@_marks("--release", "Let these go out as they are.")
@_marks("--black-out", "Take the marked words out.")
@_marks("--whole", "Withhold the whole texts.")
@_marks("--as-suggested", "Decide as the edition suggests.")
@click.option(
    "--decisions",
    type=click.Path(),
    metavar="FILE",
    help="The list of decisions, filled in.",
)
@click.option(
    "--sent", is_flag=True, help="Note the pack as sent today, and end the request."
)
@click.option("--force", is_flag=True, help="Write over existing files.")
@pass_app
def subject_access(
    app: App,
    *,
    who: str,
    which: str | None,
    output: str | None,
    release: tuple[str, ...],
    black_out: tuple[str, ...],
    whole: tuple[str, ...],
    as_suggested: tuple[str, ...],
    decisions: str | None,
    sent: bool,
    force: bool,
) -> None:
    """Give out all that is held on PUPIL, once a person has looked at it.

    The request is recorded first (sen access add). Then this marks what is about
    others: with --output it writes the reviewer's edition and a list to fill in; at a
    terminal it asks. What is decided is kept in the records, so that one can stop and
    go on. Once nothing is open it writes the pack: pdf, html and json, with what is
    withheld taken out of the text, and the documents that are released.

    MARKS are numbers (1-4,9), a kind (child, contact, staff ...), or all.
    """
    pupil_id = app.find_pupil(who).id
    record = app.repo.pupil(pupil_id)
    request = access.the_request(record, which)
    work = _Work(app, record, request)
    made = work.typed(
        {
            "release": release,
            "black_out": black_out,
            "whole": whole,
            "suggested": as_suggested,
        }
    )
    if decisions is not None:
        made |= work.listed(Path(decisions))
    if not made and output is None and not sent:
        made = work.asked()
    if made or output is not None:
        work.decide(made)
    if output is None:
        if sent:
            raise UsageFault("--sent needs the pack.", "Add --output FOLDER")
        app.say(work.state())
        return
    if work.left():
        if sent:
            raise InvalidValue(
                f"{plural(len(work.left()), 'mark')} to be decided: nothing is sent.",
                f"See them: sen export subject-access {pupil_id} --output FOLDER",
            )
        work.edition(Path(output), force=force)
    else:
        work.pack(Path(output), force=force, sent=sent)


class _Work:
    """One request: what is held, what is marked, what is decided.

    Args:
        app: the run.
        record: the pupil's.
        request: the request.
    """

    def __init__(self, app: App, record: Record, request: Record) -> None:
        self._app = app
        self.record = record
        self.request = request
        scene, self.passages = all_held(app, record, request)
        self.marks = access_marks.marks(self.passages, scene)
        self.decisions = {m["mark"]: m["decision"] for m in request.get("marks", ())}
        new = [m.key for m in self.marks if m.key not in self.decisions]
        self.decisions |= dict.fromkeys(new, access_marks.OPEN)
        self._fresh = bool(new)
        self.numbers = {key: n for n, key in enumerate(self.decisions, 1)}
        self._by_number = {self.numbers[mark.key]: mark for mark in self.marks}

    def left(self) -> list[Mark]:
        """The marks that nobody has decided."""
        return [
            mark for mark in self.marks if self.decisions[mark.key] == access_marks.OPEN
        ]

    def typed(self, given: dict[str, tuple[str, ...]]) -> dict[str, str]:
        """The decisions that were typed, by the key of the mark."""
        made: dict[str, str] = {}
        for decision, some in given.items():
            for text in some:
                for mark in self._meant(text, decision):
                    if made.get(mark.key, decision) != decision:
                        number = self.numbers[mark.key]
                        raise UsageFault(
                            f"Mark {number} is decided in two ways.", "Give it once."
                        )
                    made[mark.key] = decision
        usual = {mark.key: mark.suggestion for mark in self.marks}
        return {k: usual[k] if d == "suggested" else d for k, d in made.items()}

    def _meant(self, typed: str, decision: str) -> Iterator[Mark]:
        """The marks of ``1-4,child``; of a kind or all those that are open."""
        for part in typed.replace(" ", "").casefold().split(","):
            first, dash, last = part.partition("-")
            if part == "all" or part in access_marks.KINDS:
                some = [m for m in self.left() if part in {"all", m.kind}]
                if decision == RELEASE:
                    self._refuse_unlikely(part, some)
                yield from some
            elif first.isdecimal() and (last.isdecimal() or not dash):
                numbers = range(int(first), int(last or first) + 1)
                known = [n for n in numbers if n in self._by_number]
                if not known:
                    raise InvalidValue(
                        f"There is no mark {part}.",
                        f"They are numbered 1 to {max(self._by_number, default=0)}.",
                    )
                yield from (self._by_number[n] for n in known)
            else:
                raise InvalidValue(
                    f"{part!r} is no mark.",
                    "Give numbers (1-4,9), all, or a kind: "
                    + ", ".join(access_marks.KINDS),
                )

    def _refuse_unlikely(self, kind: str, some: Sequence[Mark]) -> None:
        """What is usually withheld is released mark by mark, never by its kind."""
        likely = [m for m in some if m.suggestion == RELEASE]
        unlikely = [str(self.numbers[m.key]) for m in some if m not in likely]
        if unlikely:
            raise UsageFault(
                f"Of {kind}, {plural(len(unlikely), 'mark')} should usually be "
                "withheld, so they are not released together.",
                f"Release one that may go by its number: {','.join(unlikely[:_FEW])}"
                f"{' ...' if len(unlikely) > _FEW else ''}\n"
                f"Decide the rest as suggested: --as-suggested {kind}",
            )

    def listed(self, path: Path) -> dict[str, str]:
        """The decisions of a list that was filled in."""
        from sencli.cli.shell.given_file import contents
        from sencli.core.text.encoding import decoded

        made: dict[str, str] = {}
        for number, line in enumerate(decoded(contents(path)).text.splitlines(), 1):
            match = _LINE.match(line)
            if match is None:
                continue
            decision = _SHORT.get(match[2].casefold(), match[2].casefold())
            mark = self._by_number.get(int(match[1]))
            if mark is None or f" {mark.key}" not in line:
                raise InvalidValue(
                    f"{path.name}, line {number}: mark {match[1]} is not what it was "
                    "when the list was made.",
                    "Write the list anew: --output FOLDER",
                )
            if decision == access_marks.OPEN:
                continue
            if decision not in access_marks.DECISIONS:
                raise InvalidValue(
                    f"{path.name}, line {number}: {match[2]!r} is no decision.",
                    f"Write one of: {', '.join(access_marks.DECISIONS)}.",
                )
            made[mark.key] = decision
        return made

    def asked(self) -> dict[str, str]:
        """What is answered at a terminal, mark by mark, until somebody stops."""
        made: dict[str, str] = {}
        left = self.left()
        if not prompts.can_ask() or not left:
            return made
        self._app.tell(
            f"{plural(len(left), 'mark')} to be decided: r releases, b blacks out what "
            "is marked, w withholds the whole text, s stops and keeps what was "
            "decided. Enter takes what is suggested."
        )
        for count, mark in enumerate(left, 1):
            self._app.tell(f"\n{count} of {len(left)}. {self._shown(mark)}")
            answer = ""
            while answer not in {*_SHORT, "s"}:
                try:
                    answer = prompts.line("r, b, w or s?", mark.suggestion[0])
                except click.Abort:  # what was decided before is kept
                    answer = "s"
                answer = answer.casefold()[:1]
            if answer == "s":
                break
            made[mark.key] = _SHORT[answer]
        return made

    def _shown(self, mark: Mark) -> str:
        """A mark for the screen: what it is, and the text around it."""
        place = mark.places[0]
        passage = self.passages[place.passage]
        text = passage.text
        if not mark.whole and place.end > place.start:
            start, end = place.start, place.end
            begin = max(0, start - _AROUND)
            text = f"{text[begin:start]}>{text[start:end]}<{text[end : end + _AROUND]}"
        more = len(mark.places) - 1
        also = f" (and {plural(more, 'more place')})" if more else ""
        where = (
            f"{passage.head}, {passage.private}" if passage.private else passage.head
        )
        kind = access_marks.KINDS[mark.kind]
        number = self.numbers[mark.key]
        return safe_text(f"Mark {number}, {kind}: {mark.who}{also}\n  {where}: {text}")

    def decide(self, made: dict[str, str]) -> None:
        """Keep what was decided, and the numbers of new marks."""
        if not made and not self._fresh:
            return
        self.decisions |= made
        self._save("access.decide", "Decide marks of what is held about {id}")

    def _save(self, action: str, subject: str, *, sent: bool = False) -> None:
        from sencli.errors import Conflict
        from sencli.store.records.draft import Message
        from sencli.store.records.records import pupil_path

        app, pupil = self._app, str(self.record["id"])
        changed = access.with_decisions(
            self.record, self.request, list(self.decisions.items())
        )
        if sent:
            from sencli.core.people.context import Context

            context = Context(app.today, app.new_ids(changed), app.school)
            which = str(self.request["id"])
            typed = {"answer": "sent", "date": app.today}
            changed = access.end(changed, which, typed, context).record
        message = Message(action, subject.format(id=pupil), (("Pupil", pupil),))
        path = pupil_path(pupil)
        with app.repo.changing() as attempts:
            for draft in attempts:
                if draft.known(path) != self.record:
                    raise Conflict(
                        "The record changed meanwhile; nothing was written.",
                        "Type the command again.",
                    )
                draft.put(path, changed, self.record)
                attempts.commit(message)
        if attempts.written.warning:
            app.tell(attempts.written.warning)
        self.record = changed
        self.request = access.the_request(changed, self.request["id"], waiting=False)
        self._fresh = False

    def state(self) -> str:
        """How far it is."""
        left, pupil = len(self.left()), self.record["id"]
        if left:
            return (
                f"{plural(len(self.marks), 'mark')}, {left} to be decided. To read "
                f"them: sen export subject-access {pupil} --output FOLDER"
            )
        return (
            f"All {plural(len(self.marks), 'mark')} are decided. The pack: "
            f"sen export subject-access {pupil} --output FOLDER"
        )

    def edition(self, place: Path, *, force: bool) -> None:
        """Write the reviewer's edition and the list to fill in."""
        from sencli.documents.pupil.subject_access import reviewers_edition

        view = reviewers_edition(self._case())
        files = {f"{_PRIVATE}.{fmt}": self._rendered(view, fmt) for fmt in _FORMATS[:2]}
        files[_LIST] = self._list().encode()
        self._write(place, files, force=force)
        pupil = self.record["id"]
        self._app.say(
            f"Written: {place}/{_PRIVATE}.pdf, .html and {_LIST}, for you alone. "
            f"{plural(len(self.left()), 'mark')} to be decided: fill in {_LIST}, then "
            f"sen export subject-access {pupil} --decisions {place}/{_LIST}"
        )

    def _case(self) -> Case:
        from sencli.documents.pupil.subject_access import Case

        return Case(
            self.passages,
            self.marks,
            self.numbers,
            self.decisions,
            self.request,
            self.record,
            self._app.school,
            self._app.today,
        )

    def _list(self) -> str:
        """The marks, a line each, to be filled in with an editor."""
        pupil = self.record["id"]
        then = f"sen export subject-access {pupil} --decisions {_LIST}"
        lines = [
            f"# {words(self._app.today)}: what is held about {pupil}.",
            "# Put release, black_out or whole (or r, b, w) in the place of open.",
            f"# Then: {then}",
            "",
        ]
        for mark in sorted(self.marks, key=lambda m: self.numbers[m.key]):
            text = " ".join(self._shown(mark).partition("\n")[2].split())
            lines.append(
                f"{self.numbers[mark.key]} {self.decisions[mark.key]}   "
                f"(suggested: {mark.suggestion}) {mark.key} "
                f"{access_marks.KINDS[mark.kind]}: {mark.who} | {text}"
            )
        return "\n".join([*lines, ""])

    def pack(self, place: Path, *, force: bool, sent: bool) -> None:
        """Write the pack for the family."""
        from sencli.core.papers.black_out import blacked_out
        from sencli.core.record.fingerprint import fingerprint
        from sencli.documents.pupil.subject_access import pack

        kept = blacked_out(self.passages, self.marks, self.decisions)
        attached = list(self._attached(kept))
        names = [name for name, _ in attached]
        view = pack(self._case(), kept, names, fingerprint([self.record]))
        files = {f"{_PACK}.{fmt}": self._rendered(view, fmt) for fmt in _FORMATS}
        self._write(place, files | dict(attached), force=force)
        for remark in access.remarks(self.request, self.record):
            self._app.tell(f"Note: {remark}")
        told = f"{place}/{_PACK}.pdf, .html and .json"
        if attached:
            told += f", and {plural(len(attached), 'document')}"
        if sent:
            self._save("access.sent", "Send what is held about {id}", sent=True)
            self._app.say(f"Written: {told}. Noted as sent today.")
            return
        self._app.say(
            f"Written: {told}. Look through it once more; when it has gone: "
            f"sen access end {self.record['id']} --answer sent"
        )

    def _attached(self, kept: Sequence[Passage | None]) -> Iterator[tuple[str, bytes]]:
        """The documents that go out, each under a name of its own."""
        both = zip(self.passages, kept, strict=True)
        released = {p.path for p, now in both if now and p.section == "documents"}
        for entry in self.record.get("documents", ()):
            if f"documents[{entry['id']}]" in released:
                path = f"documents/{self.record['id']}/{entry['file']}"
                data = self._app.repo.read_bytes(path)
                yield f"document-{entry['file']}", data

    def _rendered(self, view: View, fmt: str) -> bytes:
        from sencli.cli.shell.output import rendered

        return rendered(self._app, [view], fmt, f"{_PACK}.{fmt}")

    def _write(self, place: Path, made: dict[str, bytes], *, force: bool) -> None:
        from sencli.cli.shell.many_files import check_files
        from sencli.cli.shell.many_files import new_files
        from sencli.cli.shell.many_files import save

        check_files(place, list(made), force=force)
        with new_files(place, list(made), self._app.repo.root) as folder:
            for name, data in made.items():
                save(folder / name, data)
