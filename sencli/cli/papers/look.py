"""``sen look``: the school's own look on paper, kept in the records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import output as output_options
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save
from sencli.core.people.context import SCHOOL
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.core.school.logo import Logo
    from sencli.store.records.draft import Draft
    from sencli.store.repository.look_files import LookFile

_TEMPLATES = "templates/"
_LOGO = "letterhead.logo"
_COLOUR = "letterhead.colour"


@click.group(invoke_without_command=True)
@click.pass_context
def look(context: click.Context) -> None:
    """The school's logo, colour, wording and templates: show, set, keep.

    They lie in templates/ of the records and in the history, so that a copy of the
    records has them too. `sen undo` takes a change back. Alone it shows the look.
    """
    if context.invoked_subcommand is None:
        context.invoke(show, fmt=None, output=None, force=False)


@look.command("show")
@output_options(*terms.PAPER_FORMATS)
@pass_app
def show(app: App, *, fmt: str | None, output: str | None, force: bool) -> None:
    """Show the logo, the colour, what is worded anew, and what is not kept yet."""
    from sencli.cli.papers.own_templates import facts
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.look import look_view

    own = app.repo.root / _TEMPLATES
    view = look_view(app.school, facts(own, app.school, _files(app)), app.today)
    emit(app, [view], fmt, output, force=force, default="text")


@look.command("set")
@click.option(
    "--logo",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A picture: PNG, JPEG or SVG, at most 1 MB.",
)
@click.option(
    "--colour", type=LINE, metavar="#1f4e79", help="For headings, lines and bars."
)
@writing
@pass_app
def set_(app: App, *, logo: Path | None, colour: str | None, fmt: str) -> None:
    """Set the logo and the colour of the school's papers.

    The picture is looked over, copied to templates/ and kept in the history.
    """
    if logo is None and colour is None:
        raise UsageFault(
            "There is nothing to set.",
            'sen look set --logo FILE --colour "#1f4e79"',
        )
    made = _logo(app, logo) if logo is not None else None
    fields = [f"{_COLOUR}={_hex(colour)}"] if colour is not None else []

    def work(draft: Draft) -> Act:
        before = draft.read(SCHOOL)
        old = before.get("letterhead", {}).get("logo", "")
        if made is not None:
            draft.put_bytes(made.path, made.data)
            if old and old != made.name:
                _deleted(draft, f"{_TEMPLATES}{old}")
        logos = [f"{_LOGO}={made.name}"] if made is not None else []
        said = " ".join(_sentences(made, colour))
        return _act(app, before, [*fields, *logos], said, "look.set")

    save(app, work, fmt)


@look.command("keep")
@writing
@pass_app
def keep(app: App, *, fmt: str) -> None:
    """Keep in the history what was put into templates/ by hand.

    Wording, templates, a theme: each is looked over first, and what does not work is
    refused.
    """
    from sencli.cli.papers.own_templates import fault_of
    from sencli.cli.papers.own_templates import used_in

    own = app.repo.root / _TEMPLATES
    if fault := fault_of(own):
        raise InvalidValue(fault, "Mend it, then: sen look keep")
    waiting = [
        one
        for one in _files(app)
        if one.state != "kept"
        and (one.state == "gone" or used_in(one.path, app.school))
    ]

    def work(draft: Draft) -> Act:
        for one in waiting:
            if one.state == "gone":
                _deleted(draft, one.path)
            else:
                draft.put_bytes(one.path, app.repo.read_bytes(one.path))
        said = f"Kept in the history: {', '.join(one.path for one in waiting)}."
        return _act(app, draft.read(SCHOOL), (), said, "look.keep")

    save(app, work, fmt)


@look.command("words")
@click.argument("language")
@writing
@pass_app
def words(app: App, *, language: str, fmt: str) -> None:
    """Begin the wording in another language: LANGUAGE is its code, such as ur.

    All texts are put into templates/wording/ in English. Translate them there, in any
    order, then: sen look keep. What is not translated yet is printed in English.
    """
    from sencli.cli.papers.setting import english_texts
    from sencli.cli.papers.setting import language_code

    code = language_code(language)
    path = f"{_TEMPLATES}wording/{code}.json"

    def work(draft: Draft) -> Act:
        if draft.exists(path):
            raise UsageFault(
                f"There is wording in {code} already: {path}.",
                "Translate it there, then: sen look keep",
            )
        draft.put_bytes(path, english_texts(code))
        said = f"All texts are in {path}: translate them there, then: sen look keep"
        return _act(app, draft.read(SCHOOL), (), said, "look.words")

    save(app, work, fmt)


@look.command("remove")
@click.argument("what", metavar="logo|colour|FILE")
@writing
@pass_app
def remove(app: App, *, what: str, fmt: str) -> None:
    """Take out the logo, the colour, or a FILE of templates/: papers look as usual."""

    def work(draft: Draft) -> Act:
        school = draft.read(SCHOOL)
        head = school.get("letterhead", {})
        if what in {"logo", "colour"}:
            if what not in head:
                raise NotFound(f"The school has no {what} of its own.", "sen look show")
            if what == "logo":
                _deleted(draft, f"{_TEMPLATES}{head['logo']}")
            said = f"Papers have the usual {'head' if what == 'logo' else what} again."
            return _act(app, school, [f"letterhead.{what}="], said, "look.remove")
        path = f"{_TEMPLATES}{what.removeprefix(_TEMPLATES)}"
        if not _deleted(draft, path):
            raise NotFound(f"There is no {path} in the history.", "sen look show")
        said = f"Taken out: {path}. Papers have the usual again."
        return _act(app, school, (), said, "look.remove")

    save(app, work, fmt)


def _files(app: App) -> list[LookFile]:
    from sencli.store.repository.look_files import look_files

    return look_files(app.repo)


def _deleted(draft: Draft, path: str) -> bool:
    """Take a file out of the history, where it is in it."""
    if not draft.exists(path):
        return False
    draft.delete(path)
    return True


def _act(
    app: App, school: Record, fields: list[str] | tuple[str, ...], said: str, name: str
) -> Act:
    """What is done to the school's own file and look; its sentence names no person."""
    from sencli.core.school.set_fields import set_school
    from sencli.resources import load_schema

    act = set_school(school, fields, app.date, load_schema("school"))
    subject = {
        "look.set": "Change the look of the school's papers",
        "look.keep": "Keep the school's own templates and wording",
        "look.words": "Begin the wording in another language",
        "look.remove": "Take out a part of the school's own look",
    }[name]
    records = {SCHOOL: act.record} if fields else {}
    return replace(act, records=records, said=said, action=name, subject=subject)


def _logo(app: App, path: Path) -> Logo:
    """The logo in a file; a paper was set with it."""
    from sencli.cli.shell.given_file import contents
    from sencli.core.school.logo import logo
    from sencli.formats.typst.typeset import logo_fault

    data = contents(path)
    made = logo(data)
    if fault := logo_fault(made.data, made.kind):
        raise InvalidValue(fault, "Save it anew, best as PNG.")
    if path.resolve() == (app.repo.root / made.path).resolve():
        return replace(made, data=data)  # it lies there already, and stays as it is
    for one in _files(app):
        if one.path == made.path and one.state in {"new", "changed"}:
            raise InvalidValue(
                f"{made.path} was put there by hand and is not in the history.",
                f"To have that one: sen look set --logo {made.path}\n"
                "Else move it away, and type the command again.",
            )
    return made


def _hex(colour: str) -> str:
    """A colour as the schema has it: ``#06c`` and ``0066cc`` are ``#0066cc``."""
    digits = colour.strip().removeprefix("#").lower()
    if len(digits) == len("06c"):
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}"


def _sentences(logo: Logo | None, colour: str | None) -> Iterator[str]:
    from sencli.formats.typst.colours import contrast_on_white
    from sencli.formats.typst.colours import readable

    if logo is not None:
        size = f" ({logo.size} pixels)" if logo.size else ""
        yield f"The logo is {logo.path}{size}."
    if colour is None:
        return
    made = _hex(colour)
    yield f"The colour is {made}."
    if contrast_on_white(made) < contrast_on_white(readable(made)):
        yield f"For words it is too pale: they are printed in {readable(made)}."
