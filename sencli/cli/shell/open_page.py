"""``--open``: show a page in the system's viewer."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import wraps
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar
from typing import cast

import click
from click.core import ParameterSource

from sencli.errors import EnvironmentFault
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.shell.app import App

F = TypeVar("F", bound=Callable[..., Any])


def opening(command: F, formats: Sequence[str]) -> F:
    """``--open`` for a command that can make a page.

    Args:
        command: takes ``fmt``, ``output`` and ``force``.
        formats: those that it can make.
    """

    @wraps(command)
    def shown(*args: Any, **given: Any) -> Any:
        if not given.pop("opened"):
            return command(*args, **given)
        context = click.get_current_context()
        app: App = context.find_root().obj
        named = context.get_parameter_source("output") is ParameterSource.COMMANDLINE
        if named and given["output"] is None:
            given["output"] = "-"  # standard output, by its own name
        if given["output"] is None and not given.get("each"):
            given["output"] = _place(app, given, formats)
        else:
            _refuse_no_file(given["output"])
        result = command(*args, **given)
        _show(app, given["output"])
        return result

    return cast(
        "F",
        click.option(
            "--open",
            "opened",
            is_flag=True,
            help="Show it in the computer's viewer.",
        )(shown),
    )


def _place(app: App, given: Mapping[str, Any], formats: Sequence[str]) -> str:
    """A place of its own for a page that is only to be looked at."""
    from importlib.util import find_spec

    from sencli.formats import FORMATS
    from sencli.store.files.page_files import place

    _, _, words = click.get_current_context().command_path.partition(" ")
    name = words.replace(" ", "-")
    if "document" in given:
        from sencli.documents.registry import DOCUMENTS

        name = given["document"]
        formats = DOCUMENTS[name].formats
    pages = ("pdf", "html") if find_spec("typst") else ("html",)
    usual = next((page for page in pages if page in formats), formats[0])
    suffix = FORMATS[given["fmt"] or usual].suffix
    try:
        return place(str(app.repo.root), name, suffix)
    except OSError as error:
        raise EnvironmentFault(
            f"There is no place for a page to be shown from: {error.strerror}.",
            "Name one: add --output FILE",
        ) from error


def _refuse_no_file(output: str | None) -> None:
    """Refuse ``--open`` for output to a pipe or a terminal.

    Raises:
        UsageFault: it is no file that a viewer could open.
    """
    if output is None:  # --each, which asks for a folder itself
        return
    from pathlib import Path

    path = Path(output)
    if output == "-" or (path.exists() and not (path.is_file() or path.is_dir())):
        raise UsageFault(
            f"--open shows a file, and {output} is none.",
            "Name a file, or leave --output out.",
        )


def _show(app: App, output: str | None) -> None:
    from pathlib import Path

    from sencli.store.files.programs import show_page
    from sencli.store.files.shell import quoted

    if output is not None and (why := show_page(output)):
        where = quoted(str(Path(output).absolute()))
        app.tell(f"It is not shown here: {why}. Open it yourself: {where}")
