"""Write a View to the terminal or a file."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.shell.app import marked
from sencli.cli.shell.lines import columns
from sencli.cli.shell.lines import write_out
from sencli.errors import EnvironmentFault
from sencli.errors import UsageFault
from sencli.safe import safe_text

if TYPE_CHECKING:
    from pathlib import Path

    from sencli.cli.shell.app import App
    from sencli.documents.view import Block
    from sencli.documents.view import View


def emit(
    app: App,
    views: Sequence[View],
    fmt: str | None,
    output: str | None = None,
    *,
    force: bool = False,
    default: str = "table",
    by_screens: bool = True,
) -> None:
    """Render the views and print them, or write them to a file.

    The format follows the file's ending where ``--format`` was not given.
    """
    if app.collected is not None:
        app.collected += views
        return
    wanted = format_of(fmt, output, default)
    if output is None and on_screen():
        from sencli.cli.shell.by_name import in_tables

        views = in_tables(app.repo if app.has_repo else None, views)
    data = rendered(app, marked(app, views, wanted), wanted, output)
    put(app, data, output, force=force, by_screens=by_screens)


def pour(
    app: App, view: View, blocks: Iterable[Block], data: Iterable[Any], fmt: str
) -> None:
    """Print a long view as it is made.

    Args:
        app: the command's.
        view: its head.
        blocks: what stands under it.
        data: the items behind it, for json.
        fmt: text or json.
    """
    from sencli.formats import FORMATS
    from sencli.formats import RenderOptions

    (head,) = marked(app, [view], fmt)
    tty = sys.stdout.isatty()
    options = RenderOptions(wide=columns(sys.stdout), isolate=not tty)
    made = FORMATS[fmt].pieces(head, blocks, data, options)
    _write(made, by_screens=True)


def put(
    app: App,
    data: bytes,
    output: str | None,
    *,
    force: bool = False,
    by_screens: bool = False,
    noted: Callable[[], object] | None = None,
) -> None:
    """Write rendered output to a file, as `write_file` does, or to standard output."""
    if output is None:
        _write([data], by_screens=by_screens)
    else:
        from pathlib import Path

        root = "" if app.reads_many else str(app.repo.root)
        write_file(Path(output), data, root, force=force, noted=noted)
        app.tell(f"Written: {output}")


def _write(pieces: Iterable[bytes], *, by_screens: bool) -> None:
    """To a terminal in colour, a list by screens; to anything else as it is."""
    if sys.stdout.isatty():
        from sencli.cli.shell.pager import show

        # what only stands in a file, a terminal would obey
        show(map(_visible, pieces), by_screens=by_screens)
        return
    for piece in pieces:
        write_out(piece)


def _visible(data: bytes) -> str:
    """A text with every control shown; a binary format never gets as far as here."""
    return safe_text(data.decode("utf-8", "replace"))


def rendered(
    app: App,
    views: Sequence[View],
    fmt: str,
    output: str | None = None,
    *,
    single_sided: bool = False,
) -> bytes:
    """The views as the bytes of one file, with the school's own templates.

    Raises:
        UsageFault: it would go to a screen that cannot show it, or it has no pages.
    """
    from sencli.formats import FORMATS
    from sencli.formats import render

    if output is None and FORMATS[fmt].binary and sys.stdout.isatty():
        raise UsageFault(
            f"{'An' if fmt == 'xlsx' else 'A'} {fmt} cannot be shown on a screen.",
            f"Add --output FILE{FORMATS[fmt].suffix}",
        )
    if single_sided and not FORMATS[fmt].paged:
        raise UsageFault(
            f"--single-sided is about pages, and {fmt} has none.",
            "Add --format pdf, or leave it out.",
        )
    templates = own_templates(app) if FORMATS[fmt].typeset else None
    data = render(
        views,
        fmt,
        templates=templates,
        wide=columns(sys.stdout),
        warn=app.tell,
        single_sided=single_sided,
        isolate=output is not None or not sys.stdout.isatty(),
    )
    # Excel takes a csv without the mark for Windows-1252, and garbles every accent
    return codecs.BOM_UTF8 + data if fmt == "csv" and _is_file(output) else data


def _is_file(output: str | None) -> bool:
    """Whether output goes to a file, named or redirected."""
    if output is not None:
        return True
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def own_templates(app: App) -> Path | None:
    """The school's own templates, where it has some."""
    own = app.repo.root / "templates" if app.has_repo else None
    return own if own is not None and own.is_dir() else None


def on_screen() -> bool:
    """Whether output goes to a terminal, where somebody reads it."""
    return sys.stdout.isatty()


def format_of(
    fmt: str | None,
    output: str | None = None,
    default: str = "table",
    choices: Sequence[str] = (),
) -> str:
    """The format asked for: by name, else by the file's ending, else the usual one.

    Raises:
        UsageFault: the file's ending is that of another format, or of none.
    """
    from sencli.formats import FORMATS

    choices = choices or offered()
    endings = {name: FORMATS[name].suffix for name in choices}
    if output is not None:
        check_ending(output, fmt, endings)
    return fmt or _by_ending(output, choices) or default


def check_ending(output: str, fmt: str | None, endings: Mapping[str, str]) -> None:
    """Refuse a file whose name promises another format than is written.

    A name without an ending promises none, nor does a terminal or a pipe.

    Args:
        output: the file as typed.
        fmt: the format, where one was named.
        endings: the formats that can be written, each with its ending.

    Raises:
        UsageFault: the ending is that of another format, or of none.
    """
    from pathlib import PurePath

    name = PurePath(output)
    ending = name.suffix.casefold()
    if not ending or (fmt is None and ending in endings.values()):
        return
    if fmt is None:
        known = sorted(set(endings.values()))
        raise UsageFault(
            f"A {ending} file cannot be written here: {name.name}",
            f"Give it one of these endings: {', '.join(known)}",
        )
    if fmt in endings and ending != endings[fmt]:
        other = ", or leave --format out" if ending in endings.values() else ""
        raise UsageFault(
            f"{name.name} would hold {fmt}, which its ending does not say.",
            f"Call it {name.with_suffix(endings[fmt]).name}{other}.",
        )


def offered() -> list[str]:
    """The formats that the command in hand offers."""
    import click

    from sencli.formats import FORMATS

    ctx = click.get_current_context(silent=True)
    params = ctx.command.params if ctx is not None else ()
    kinds = [one.type for one in params if one.name == "fmt"]
    named = getattr(kinds[0], "choices", FORMATS) if kinds else FORMATS
    return [name for name in named if name in FORMATS]


def one_table(fmt: str) -> bool:
    """Whether a format is one to sort and filter, so that it is one table of all."""
    from sencli.formats import FORMATS

    return FORMATS[fmt].sorted if fmt in FORMATS else False


def _by_ending(output: str | None, choices: Sequence[str]) -> str | None:
    from sencli.formats import FORMATS

    if output is None:
        return None
    named = output.casefold()
    found = [n for n in choices if named.endswith(FORMATS[n].suffix)]
    return found[0] if found else None


def check_file(path: Path, *, force: bool) -> None:
    """Refuse a file that may not be written.

    Raises:
        UsageFault: it is there and there is no ``force``, or its folder is not; it is
            a link, or belongs to the records themselves.
    """
    refuse_own(path)
    if path.is_dir():
        raise UsageFault(f"{path} is a folder.", f"Name a file in it: {path}/FILE")
    if path.exists() and not force:
        raise UsageFault(f"{path} is there already.", "Add --force to write over it.")
    if not path.parent.is_dir():
        raise UsageFault(f"There is no folder {path.parent}.")


def refuse_own(path: Path) -> None:
    """Refuse to print over the records or through a link, whatever ``--force`` says.

    Raises:
        UsageFault: the path is a link, or a part of records or of git's folder.
    """
    from sencli.store.records.own_files import part_of_records
    from sencli.store.records.own_files import through_link

    if through_link(str(path)):
        raise UsageFault(
            f"{path} is a link, so it is not written through.",
            "Name the file that it leads to, or another.",
        )
    if part := part_of_records(str(path)):
        raise UsageFault(
            f"{path} belongs to {part}, and is not printed over.",
            "Name a file elsewhere, such as ../paper.pdf",
        )


def write_file(
    path: Path,
    data: bytes,
    root: str,
    *,
    force: bool,
    noted: Callable[[], object] | None = None,
) -> None:
    """Write a file whole or not at all; never over another without ``force``.

    Killed, it leaves nothing that the next one there does not clear; the records at
    ``root`` know of it meanwhile. ``noted`` notes that it goes out: what cannot be
    written is not noted, and what is not noted is not there.
    """
    from pathlib import Path

    from sencli.store.files import files
    from sencli.store.repository import print_scratch

    check_file(path, force=force)
    try:
        if path.exists() and not path.is_file():
            files.write_through(str(path), data)
            if noted is not None:
                noted()
            return
        with print_scratch.scratch(str(path.parent), root) as folder:
            made = str(Path(folder, path.name))
            files.overwrite(made, data)
            if noted is not None:
                noted()
            files.move(made, str(path))
    except OSError as error:
        raise EnvironmentFault(
            f"{path} cannot be written: {error.strerror}."
        ) from error
