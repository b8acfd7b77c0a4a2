"""``sen report`` of what the school publishes: edit, write, barrier, activity ..."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import Form
from sencli.cli.shell.editor import written
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import MONEY
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import output as output_options
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.writing import given_options
from sencli.cli.shell.writing import save
from sencli.cli.support.report import report
from sencli.core.pupil.funding import SOURCE_WORDS
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.school import published_reports as core
from sencli.core.school import write_report as change
from sencli.errors import UsageFault
from sencli.store.records.draft import Draft
from sencli.value import replace

__all__ = ["report"]

_NAMES = {kind: made.name for kind, made in core.KINDS.items()}
_OTHER_NAMES = {"strategy": core.STRATEGY, "information": core.INFORMATION}
KIND = click.argument(
    "kind", metavar="REPORT", type=Pick(_NAMES, "report", _OTHER_NAMES, name="report")
)
FUNDING = Pick(terms.FUNDING, "budget", SOURCE_WORDS, name="budget")


def _saved(
    app: App, kind: str, verb: Callable[[Record], Act], action: str, fmt: str
) -> None:
    """Change what is written of a report; its file and schema come with the first."""
    path = core.path_of(kind)

    def work(draft: Draft) -> Act:
        there = draft.exists(path)
        act = verb(draft.read(path) if there else core.empty())
        if there or act.record != core.empty():
            _bring_schema(draft)
            act = replace(act, records={path: act.record})
        said = f"Change the {core.KINDS[kind].name}"
        return replace(act, action=f"report.{action}", subject=said)

    save(app, work, fmt)


def _bring_schema(draft: Draft) -> None:
    """The schema beside the records, where these are older than it."""
    from sencli.resources import schema_path

    path = ".sencli/schemas/published.schema.json"
    if not draft.exists(path):
        draft.put_bytes(path, schema_path("published").read_bytes())


def _structured(kind: str) -> None:
    if not core.KINDS[kind].structured:
        raise UsageFault(
            f"The {core.KINDS[kind].name} has no barriers and activities.",
            f"Those are of the strategy: sen report show {core.STRATEGY}",
        )


@report.command("show")
@KIND
@output_options(*terms.PAPER_FORMATS)
@pass_app
def show(
    app: App, *, kind: str, fmt: str | None, output: str | None, force: bool
) -> None:
    """Show what is written of REPORT, by section, and what is still to be written.

    REPORT is inclusion-strategy, information-report or governors.
    """
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.published_report import published_report

    record = _now(app, kind)
    view = published_report(kind, record, app.school, app.today)
    emit(app, [view], fmt, output, force=force, default="text")


def _now(app: App, kind: str) -> Record:
    from sencli.errors import NotFound

    try:
        return app.repo.read(core.path_of(kind))
    except NotFound:
        return core.empty()


@report.command("edit")
@KIND
@writing
@pass_app
def edit(app: App, *, kind: str, fmt: str) -> None:
    """Write the sections of REPORT in your editor, all at once.

    REPORT is inclusion-strategy, information-report or governors. What you leave
    empty is left out; your draft is never lost (sen draft list).
    """
    record = _now(app, kind)
    headings = {**core.KINDS[kind].headings}
    own = (str(entry["section"]) for entry in core.own_sections(kind, record))
    headings |= {section: section for section in own}

    def held() -> dict[str, str]:
        now = _now(app, kind)
        return {section: core.text_of(now, section) for section in headings}

    def store(texts: Any) -> None:
        def verb(record: Record) -> Act:
            return change.write_sections(kind, record, texts, app.today)

        _saved(app, kind, verb, "write", fmt)

    written(app, Form(f"The {core.KINDS[kind].name}", headings, held, store), kind, {})


@report.command("write")
@KIND
@click.argument("section", type=LINE)
@click.argument("text", type=WORDS, required=False)
@click.option("--clear", is_flag=True, help="Take the section out.")
@writing
@pass_app
def write(
    app: App, *, kind: str, section: str, text: str | None, clear: bool, fmt: str
) -> None:
    """Write TEXT in a SECTION of REPORT; another heading is a section of your own.

    REPORT is inclusion-strategy, information-report or governors; sen report show
    REPORT lists its sections. TEXT may be - for standard input.
    """
    if clear and text is not None:
        raise UsageFault(
            "--clear takes the section out, and a text puts one in.",
            "Give one of the two.",
        )
    if not clear:
        text = ask(text, "TEXT", "What is written there", "WORDS")

    def verb(record: Record) -> Act:
        return change.write_section(kind, record, section, text or "", app.today)

    _saved(app, kind, verb, "write", fmt)


@report.command("barrier")
@KIND
@click.argument("text", type=WORDS)
@click.option("--evidence", type=WORDS, help="How the school knows.")
@click.option("--date", type=PAST, help="When it was found (default today).")
@writing
@pass_app
def barrier(app: App, /, *, kind: str, text: str, fmt: str, **typed: Any) -> None:
    """Add a barrier to inclusion: TEXT; typed again, what is named is changed.

    REPORT is inclusion-strategy.
    """
    _structured(kind)

    def verb(record: Record) -> Act:
        fields = given_options(typed)
        return change.add_barrier(record, text, fields, app.today, app.new_ids(record))

    _saved(app, kind, verb, "barrier", fmt)


@report.command("activity")
@KIND
@click.argument("text", type=WORDS)
@click.option("--barrier", type=LINE, help="Against which: its number or words.")
@click.option("--lead", type=LINE, help="Who leads it, by role.")
@click.option("--from", type=DAY, help="From when.")
@click.option("--until", type=DAY, help="Until when.")
@click.option("--funding", "funding_source", type=FUNDING, help="Which budget pays.")
@click.option("--cost", "annual_pence", type=MONEY, help="Pounds a year.")
@click.option("--evidence", type=WORDS, help="What says that it works.")
@click.option("--impact", type=WORDS, help="What came of it.")
@writing
@pass_app
def activity(app: App, /, *, kind: str, text: str, fmt: str, **typed: Any) -> None:
    """Add an activity: TEXT; typed again, what is named is changed.

    REPORT is inclusion-strategy.
    """
    _structured(kind)

    def verb(record: Record) -> Act:
        return change.add_activity(
            record, text, given_options(typed), app.new_ids(record)
        )

    _saved(app, kind, verb, "activity", fmt)


@report.command("remove")
@KIND
@click.argument("which", metavar="ITEM", type=LINE)
@writing
@pass_app
def remove(app: App, *, kind: str, which: str, fmt: str) -> None:
    """Take a barrier or an activity out: ITEM is its id or words of it."""
    _structured(kind)
    _saved(app, kind, lambda record: change.take_out(record, which), "remove", fmt)


@report.command("publish")
@KIND
@click.option("--date", type=PAST, help="When (default today).")
@click.option("--where", type=LINE, help="The address of the page.")
@click.option("--agreed-by", type=LINE, help="Who agreed it, as the governing body.")
@writing
@pass_app
def publish(
    app: App, /, *, kind: str, fmt: str, date: str | None = None, **typed: Any
) -> None:
    """Record that REPORT was published; sen due then counts a year from that day."""

    def verb(record: Record) -> Act:
        return change.publish(kind, record, date or app.today, given_options(typed))

    _saved(app, kind, verb, "publish", fmt)
