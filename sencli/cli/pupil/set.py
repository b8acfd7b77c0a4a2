"""``sen pupil set``: any single field by its name."""

from __future__ import annotations

import click

from sencli.cli.pupil.add import refuse_same_upn
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import Form
from sencli.cli.shell.editor import Texts
from sencli.cli.shell.editor import written
from sencli.cli.shell.options import SINCE
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import check_manner
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.core.pupil.set_fields import When
from sencli.core.pupil.set_fields import set_fields
from sencli.core.record.act import Act
from sencli.core.record.lookup import profile_on
from sencli.store.records.draft import Draft

PROFILE = {
    "strengths": "What I am good at and what people like about me",
    "important_to_me": "What is important to me",
    "how_to_support_me": "How to support me well",
    "please_do": "Please do (one a line)",
    "please_do_not": "Please do not (one a line)",
    "finds_hard": "What I find hard",
    "aspirations": "What I hope for",
    "triggers": "What upsets me, and how it shows",
    "exam_access": "What I have in tests and exams",
}

HELP = """\
Set fields of PUPIL by their names; FIELD= by itself clears one.

\b
class=5A  year_group=5       a new placement from today, or from --from
profile.strengths="Kind"     a new one-page profile from today
  (also important_to_me, how_to_support_me, please_do, please_do_not,
  finds_hard, aspirations, triggers, exam_access, made_with,
  picture=TITLE of a document)
provision=K  layer=targeted  as sen status set
known_as=Millie  first_name=  last_name=  date_of_birth=14/03/2017  sex=  upn=
roll.from=06/09/2021  roll.from_school="Little Acorns"
cycles[y2qf].plan.review_by=12/12/2025    any other, as sen history names it

With --correct it is put right as if it had always been so.
"""


@click.command("set", help=HELP)
@click.argument("who", metavar="PUPIL")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1)
@SINCE
@click.option("--edit", is_flag=True, help="Write the profile in your editor.")
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@pass_app
def set_(
    app: App,
    *,
    who: str,
    fields: tuple[str, ...],
    since: str | None,
    edit: bool,
    reason: str | None,
    correct: bool,
    fmt: str,
) -> None:
    """Set fields of PUPIL by their names; FIELD= by itself clears one."""
    when = When(
        since or app.today,
        since is not None,
        correct,
        lambda text: app.date(text, "past"),
    )
    manner = Manner(fmt, correct, reason)
    if not edit:
        _save(app, who, fields, when, manner)
        return

    def held() -> Texts:
        return profile_on(app.repo.pupil(app.pupil_id(who)), when.day)

    def put(texts: Texts) -> None:
        page = [f"profile.{name}={text}" for name, text in texts.items()]
        _save(app, who, (*fields, *page), when, manner)

    written(app, Form("One-page profile", PROFILE, held, put), app.pupil_id(who), {})


def _save(
    app: App, who: str, fields: tuple[str, ...], when: When, manner: Manner
) -> None:
    check_manner(manner)
    pupil = app.pupil_id(who)

    def work(draft: Draft) -> Act:
        from sencli.resources import load_schema
        from sencli.store.records.records import pupil_path

        record = draft.read(pupil_path(pupil))
        context = context_of(app, record)
        act = set_fields(record, fields, when, context, load_schema("pupil"))
        if act.record.get("upn") != record.get("upn"):
            refuse_same_upn(draft, act.record.get("upn"), record["id"])
        return of_pupil(act, pupil, "pupil.set", f"Set fields of {pupil}")

    save(app, work, manner.fmt, manner)
