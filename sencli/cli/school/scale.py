"""``sen scale``: scales for measuring progress."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.people.context import PROVISIONS
from sencli.core.provision import catalogue

KIND = Pick(
    {kind: kind for kind in catalogue.SCALE_KINDS},
    "kind of scale",
    {"words": "ordinal", "reading age": "age", "standardised score": "score"},
)
BETTER = Pick({"higher": "higher", "lower": "lower"}, "direction")


@click.group()
def scale() -> None:
    """Scales to measure with: add, list."""


@scale.command("add")
@click.argument("key")
@click.option("--kind", type=KIND, help="What is measured.")
@click.option("--values", type=LINE, help='Words, lowest first: "a, b, c".')
@click.option("--better", type=BETTER, help="Which way is progress.")
@click.option("--name", type=LINE, help="Its name.")
@click.option("--unit", type=LINE, help="What is counted.")
@writing
@pass_app
def add(
    app: App,
    *,
    key: str,
    kind: str | None,
    values: str | None,
    better: str | None,
    name: str | None,
    unit: str | None,
    fmt: str,
) -> None:
    """Add a scale under a short name (KEY) to type."""
    words = [w.strip() for w in (values or "").split(",") if w.strip()]
    fields = {"better": better, "name": name, "unit": unit}
    save_file(
        app,
        PROVISIONS,
        lambda found: catalogue.add_scale(found, key, kind, words, fields),
        action="scale.add",
        subject="Add a scale to measure with",
        fmt=fmt,
    )


@scale.command("list")
@listing
@pass_app
def list_(app: App, *, fmt: str | None, output: str | None, force: bool) -> None:
    """List the scales."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.school import scales as build

    view = build(app.school, app.repo.provisions(), app.today)
    emit(app, [view], fmt, output, force=force)
