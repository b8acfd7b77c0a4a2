"""``sen session log``: turn what was typed into session entries in each record."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli import terms
from sencli.cli.cycle.session_notes import TooMany
from sencli.cli.cycle.session_notes import on_weeks
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import bare_days
from sencli.core.cycle import sessions
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.sessions import Logged
from sencli.core.cycle.sessions import Mark
from sencli.core.cycle.sessions import Span
from sencli.core.cycle.year_of_date import with_years
from sencli.core.people.context import GROUPS
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import staff
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.find import choose
from sencli.core.record.lookup import STILL
from sencli.core.text.dates import words
from sencli.core.text.folding import key
from sencli.core.text.folding import sort_key
from sencli.core.text.plural import plural
from sencli.core.time.calendar import Calendar
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.records.draft import Draft
from sencli.store.records.records import pupil_path
from sencli.store.repository.pupil_names import names_in
from sencli.store.repository.pupil_names import pupil_names

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.core.record.types import Record


ALSO = {"ill": "pupil_absent", "absent": "pupil_absent", "refused": "pupil_refused"}


def counting(typed: Mapping[str, Any]) -> bool:
    """Whether sessions are counted by the week; refuses options that do not fit."""
    if "week" not in typed and "delivered" not in typed:
        return False
    if "delivered" not in typed:
        raise UsageFault(
            "--week needs --delivered.", "Say how many took place: --delivered NUMBER"
        )
    for name in ("since", "until", "again", "ordinal", "minutes", "reason"):
        if typed.get(name):
            raise UsageFault(
                "A week is counted by --week, --delivered and --missed REASON=N.",
                "Leave out --from, --to, --again, --ordinal, --minutes and --reason.",
            )
    if "week" in typed and "date" in typed:
        raise UsageFault("--week and --date both say which week.", "Give one of them.")
    return True


def check_reasons(typed: Mapping[str, Any]) -> None:
    """Refuse reasons that no entry would hold.

    Raises:
        UsageFault: more than one reason for a session, or one where all were there.
    """
    if len(typed.get("missed", ())) > 1:
        raise UsageFault(
            "A session that did not take place has one reason.",
            "Give --missed once; several go with --week and --delivered.",
        )
    if typed.get("reason") and not (typed.get("missed") or typed.get("absent")):
        raise UsageFault(
            "--reason says why somebody was absent, and nobody is named.",
            "Add --absent NAME or --missed REASON, or use --note.",
        )
    if typed.get("reason") and typed.get("note") and typed.get("missed"):
        raise UsageFault(
            "--reason and --note would stand in the same place.",
            "Put both into --note.",
        )


def span_of(typed: Mapping[str, Any], today: str, *, over: bool) -> Span:
    """The day, the period or the week that was typed."""
    if counting(typed):
        day = typed.get("week") or typed.get("date") or today
        return sessions.week_span(day)
    since, until = typed.get("since"), typed.get("until")
    if since is None and until is None:
        day = typed.get("date") or today
        return Span(day, day)
    if "date" in typed:
        raise UsageFault(
            "--date is one day, --from and --to are a period.", "Give one of the two."
        )
    if since is None:
        raise UsageFault("--to needs --from.", "Say the first day: --from DATE")
    if typed.get("again") or typed.get("ordinal"):
        raise UsageFault("--again and --ordinal go with one day: --date.")
    last = until or today
    if last < since:
        raise InvalidValue(
            f"The period ends on {words(last)}, before it begins on {words(since)}.",
            "Give a later --to, or an earlier --from.",
        )
    return Span(since, last, each=True, over=over)


def check_held(span: Span, today: str) -> None:
    """Refuse sessions of days to come: nobody can know yet whether they were held.

    Raises:
        InvalidValue: the day, or the last of the period, is after today.
    """
    if span.last <= today:
        return
    hint = "Give the right day with its year (--date), or log it once it was held."
    if span.each:
        hint = "End the period with the last day that has been: --to today"
    raise InvalidValue(
        f"{words(span.last)} has not come yet: no session has been held on it.", hint
    )


def missed_of(typed: Sequence[str]) -> dict[str, int]:
    """``staff-absent=1`` as the record counts it."""
    found: dict[str, int] = {}
    for text in typed:
        for part in text.split(","):
            name, _, count = part.partition("=")
            if not count.strip().isdigit():
                raise InvalidValue(
                    f"{part!r} does not say how many.",
                    "Write the reason and the number: --missed REASON=NUMBER",
                )
            found[choose(name, terms.MISSED, "reason", ALSO)] = int(count)
    return found


Target = tuple["Record", "Record"]
COUNTED = (
    "no days are named, so each week is counted as a whole. Where the days are always "
    "the same, name them: sen intervention set PUPIL INTERVENTION --days mon,wed,fri"
)


class Log:
    """The work of one ``sen session log``; called with the draft.

    Args:
        app: the run.
        who: group or pupil as typed.
        typed: the options that were given.
        manner: format and correction.
    """

    def __init__(
        self, app: App, who: str, typed: Mapping[str, Any], manner: Manner
    ) -> None:
        self.app = app
        self.who = who
        self.typed = typed
        self.manner = manner
        self.counts = counting(typed)
        if not self.counts:
            check_reasons(typed)
        typed = with_years(typed, bare_days(), ())
        self.span = span_of(typed, app.today, over=manner.correct)
        self.fields = self._fields()
        self.notes: list[str] = []
        self.records: dict[str, Record] = {}
        self.too_many = TooMany()

    def __call__(self, draft: Draft) -> Act:
        """Put every record that changes, and say what was done."""
        group = self._group(draft)
        self._fit(draft, group)
        if not self.counts:
            check_held(self.span, self.app.today)
        self.notes, self.records = self._day_notes(), {}
        self.too_many = TooMany()
        said = self._pupil(draft) if group is None else self._members(draft, group)
        self.notes += self.too_many.notes()
        return said

    def _fit(self, draft: Draft, group: Record | None) -> None:
        """A day typed without its year is one on which the support was given."""
        if not (bare := bare_days()):
            return
        if group is None:
            records = [draft.read(pupil_path(self.app.pupil_id(self.who)))]
            only = ""
        else:
            only = group["id"]
            records = list(self._naming(draft, only))
        spans = [
            item
            for record in records
            for _, item in sessions.running(record, "", STILL, only)
        ]
        typed = with_years(self.typed, bare, spans)
        self.span = span_of(typed, self.app.today, over=self.manner.correct)

    def _naming(self, draft: Draft, group: str) -> Iterator[Record]:
        """The records that hold the group's id; no other need be parsed."""
        from sencli.store.records import missing_files
        from sencli.store.repository import restore_files

        if gone := restore_files.records(self.app.repo):
            # one of them may be in the group, and would miss the session
            raise missing_files.Vanished.of(gone)
        mark = group.encode()
        for pupil_id in self.app.repo.pupil_ids():
            path = pupil_path(pupil_id)
            if mark in self.app.repo.read_bytes(path):
                yield draft.read(path)

    def _fields(self) -> dict[str, Any]:
        found = {k: self.typed[k] for k in ("minutes", "note") if k in self.typed}
        if by := self.typed.get("by"):
            found["by"] = staff(by, self.app.school)
        if self.counts:
            found.pop("minutes", None)
            found["delivered"] = self.typed.get("delivered")
            if missed := missed_of(self.typed.get("missed", ())):
                found["missed"] = missed
        elif why := self.typed.get("missed"):
            found["missed"] = choose(why[-1], terms.MISSED, "reason", ALSO)
        return found

    def _day_notes(self) -> list[str]:
        day = self.span.first
        if self.span.each or Calendar(self.app.school.get("terms", ())).is_school_day(
            day
        ):
            return []
        return [f"{words(day)} is not a school day."]

    def _group(self, draft: Draft) -> Record | None:
        """The group meant, or ``None`` where a pupil is meant."""
        listed: list[Record] = draft.read(GROUPS).get("groups", [])
        want = key(self.who)
        same = [g for g in listed if want in {key(g["name"]), g["id"]}]
        now = [g for g in same if lookup.holds(g, self.span.last)]
        if same:
            return (now or same)[-1]
        near = find.matches(self.who, listed, lambda g: str(g["name"]))
        names = pupil_names(self.app.repo)
        pupils = find.matches(
            self.who, names, lambda n: f"{n.first_name} {n.known_as} {n.last_name}"
        )
        if any(n.id == want for n in names) or (pupils and not near):
            return None
        if len(near) == 1 and not pupils:
            return near[0]
        if near:
            both = [f"{g['id']}  {g['name']} (group)" for g in near]
            both += [f"{n.id}  {n.shown} (pupil)" for n in pupils]
            raise Ambiguous(
                f"{self.who!r} could be any of these:" + _lines(both),
                "Type more of the name, or the id in front of it.",
            )
        raise NotFound(
            f"No group and no pupil fits {self.who!r}."
            + (" Groups:" if listed else "")
            + _lines([str(g["name"]) for g in listed[: find.SHOWN]]),
            "See them: sen group list, sen pupil list",
        )

    def _pupil(self, draft: Draft) -> Act:
        if self.typed.get("absent"):
            raise UsageFault(
                "--absent names pupils of a group.",
                "For one pupil say: --missed pupil-absent",
            )
        pupil_id = self.app.pupil_id(self.who)
        record = draft.read(pupil_path(pupil_id))
        provisions = draft.read(PROVISIONS).get("provisions", ())
        target = sessions.find_intervention(
            record, self.typed.get("intervention"), self.span, provisions
        )
        _check_day(record, self.span)
        given = "note" not in self.fields or len(self.fields) > 1
        done = self._log(record, target, given=given, absent=None)
        self.records[pupil_path(pupil_id)] = done.record
        what = provision_name(target[1]["provision"], provisions)
        name = lookup.display_name(record)
        said = f"Logged {what} for {name} {self._when()}{self._how(done)}."
        ids = {"pupil": pupil_id, "intervention": target[1]["id"]}
        trailers = (("Pupil", pupil_id), ("Item", target[1]["id"]))
        subject = f"Log sessions for {pupil_id}"
        return Act(
            {}, said, ids, self.notes, trailers, self.records, "session.log", subject
        )

    def _members(self, draft: Draft, group: Record) -> Act:
        if self.typed.get("intervention"):
            raise UsageFault(
                "--intervention goes with a pupil; a group has one.", "Leave it out."
            )
        members = self._in_group(draft, group)
        absent = self._absent(members)
        done: dict[str, Logged] = {}
        for record, target in members:
            left_out = absent.get(record["id"])
            done[record["id"]] = self._log(record, target, given=False, absent=left_out)
            self.records[pupil_path(record["id"])] = done[record["id"]].record
            self._stays(record, target, left_out)
        was = [lookup.display_name(r) for r, _ in members if r["id"] in absent]
        there = [lookup.display_name(r) for r, _ in members if r["id"] not in absent]
        some = done[members[0][0]["id"]]
        said = f"Logged {group['name']} {self._when()}{self._how(some)}: "
        said += lookup.joined(there) or "nobody"
        said += f"; absent: {lookup.joined(was)}." if was else "."
        ids = {"group": group["id"], "pupils": [r["id"] for r, _ in members]}
        subject = f"Log sessions of group {group['id']}"
        trailers = (("Group", str(group["id"])),)
        return Act(
            {}, said, ids, self.notes, trailers, self.records, "session.log", subject
        )

    def _log(
        self, record: Record, target: Target, *, given: bool, absent: int | None
    ) -> Logged:
        """One record with its entries; ``absent``: how many sessions, or not at all."""
        fields = dict(self.fields)
        if self.counts:
            if absent:
                fields["delivered"] = max(0, fields["delivered"] - absent)
                fields["missed"] = {**fields.get("missed", {}), "pupil_absent": absent}
            return self._tally(record, target, fields)
        if absent is not None:
            fields["missed"] = "pupil_absent"
            if why := self.typed.get("reason"):
                fields["note"] = why
        elif "missed" in fields and (why := self.typed.get("reason")):
            fields["note"] = why
        mark = Mark(
            fields,
            given=given or (self.manner.correct and absent is None),
            again=bool(self.typed.get("again")),
            ordinal=self.typed.get("ordinal", 1),
        )
        done = sessions.log(
            record, target, self.span, mark, self.app.school.get("terms", ())
        )
        if done.left:
            name = lookup.display_name(record)
            self.notes.append(
                f"{name}: {done.left} of the days had an entry, left as it was."
            )
        self.notes += on_weeks(record, target, self.span, done)
        self.too_many.look(done.record, target, self.span)
        if done.weeks and COUNTED not in self.notes:
            self.notes.insert(0, COUNTED)
        seen = done.added or done.amended or done.left or done.weeks or done.weeks_left
        if self.span.each and not seen:
            name = lookup.display_name(record)
            self.notes.append(f"{name}: no session was due {self.span.said}.")
        return done

    def _tally(self, record: Record, target: Target, fields: Record) -> Logged:
        week = self.span.first
        if beside := sessions.week_entries(target, week):
            self.notes.append(
                f"{lookup.display_name(record)}: {beside} sessions of that week are "
                "entered one by one; the count is what is reckoned with."
            )
        done = sessions.tally(record, target, week, fields)
        self.too_many.look(done.record, target, self.span)
        return done

    def _stays(self, record: Record, target: Target, absent: int | None) -> None:
        """Warn of pupils still recorded as absent though not named this time."""
        if self.counts or self.span.each or absent is not None:
            return
        for entry in target[0].get("do", {}).get("sessions", ()):
            same = entry["intervention"] == target[1]["id"]
            if same and entry["date"] == self.span.first and "missed" in entry:
                if "missed" in self.fields or self.manner.correct:
                    continue
                name = lookup.display_name(record)
                self.notes.append(
                    f"{name} stays as entered before "
                    f"({terms.MISSED[entry['missed']]}). If that was wrong: sen "
                    f"session log {record['id']} --date DATE"
                )

    def _in_group(self, draft: Draft, group: Record) -> list[tuple[Record, Target]]:
        """Who has an intervention of the group then; pupils who have left do not."""
        found: list[tuple[Record, Target]] = []
        others: list[Target] = []
        span = self.span
        for record in self._naming(draft, str(group["id"])):
            here = sessions.running(record, span.first, span.last, group["id"])
            if here and lookup.on_roll(record, span.first):
                found.append((record, here[-1]))
            else:
                others += sessions.running(record, "", STILL, group["id"])
        if not found:
            raise InvalidValue(
                f"Nobody has {group['name']} {self.span.said}."
                + _lines(sorted({_dates(item) for _, item in others})),
                "Give a date within, or put pupils in it: sen intervention add PUPIL "
                f'PROVISION --group "{group["name"]}"',
            )
        found.sort(key=lambda pair: sort_key(lookup.display_name(pair[0])))
        return found

    def _absent(self, members: Sequence[tuple[Record, Target]]) -> dict[str, int]:
        names = [names_in(record["id"], record) for record, _ in members]
        found: dict[str, int] = {}
        for text in self.typed.get("absent", ()):
            for part in text.split(","):
                if not part.strip():
                    continue
                name, _, count = part.partition("=")
                try:
                    who = find.pupil(name, names)
                except NotFound as error:
                    listed = _lines([n.shown for n in names])
                    raise NotFound(
                        f"Nobody in the group fits {name.strip()!r}. In it:{listed}",
                        "Nothing was logged.",
                    ) from error
                found[who.id] = self._absences(count)
        return found

    def _absences(self, count: str) -> int:
        if not self.counts:
            return 1
        most = self.typed.get("delivered", 0)
        if not count:
            return int(most)
        if not count.strip().isdigit() or int(count) > most:
            raise InvalidValue(
                f"{count!r} is not a number of sessions up to {most}.",
                "Write it like this: --absent PUPIL=NUMBER",
            )
        return int(count)

    def _when(self) -> str:
        if self.counts:
            return f"in the week of {words(self.span.first)}"
        return self.span.said

    def _how(self, done: Logged) -> str:
        if self.counts:
            return f", {self.fields['delivered']} given"
        parts = []
        if done.weeks:
            parts.append(f"{plural(done.counted, 'session')} counted by the week")
        if self.span.each and (done.added or done.amended or not done.weeks):
            parts.append(plural(done.added + done.amended, "session"))
        elif done.amended:
            parts.append("amended")
        if "missed" in self.fields:
            parts.append(f"missed ({terms.MISSED[self.fields['missed']]})")
        return "".join(f", {part}" for part in parts)


def _check_day(record: Record, span: Span) -> None:
    if lookup.on_roll(record, span.first) or not lookup.left_on(record):
        return
    left = lookup.left_on(record)
    if left < span.first:
        raise InvalidValue(
            f"{lookup.display_name(record)} left the school on {words(left)}.",
            "Give a date before that: --date",
        )


def _dates(item: Mapping[str, Any]) -> str:
    since = words(item["from"]) if "from" in item else "the start"
    until = words(item["until"]) if "until" in item else "no end given"
    return f"{item['provision']}: {since} to {until}"


def _lines(texts: Sequence[str]) -> str:
    return "".join(f"\n  {text}" for text in texts)
