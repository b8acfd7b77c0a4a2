"""Man pages, made from the program itself as docs/commands.md is.

The build backend makes them for the wheel, so that ``man sen`` and ``man sen-cycle``
find them beside the program. ``python docs/man_pages.py FOLDER`` writes them anywhere.
"""

from __future__ import annotations

import inspect
import os
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
PLACE = "share/man/man1"
_TITLE = "SEN support records"
_WIDE = 68
_ENVIRONMENT = {
    "SENCLI_DIR": "The folder of the records, where no -C names one.",
    "SEN_PAGER, PAGER": "What shows lists that are longer than the screen.",
    "NO_COLOR": "No colour.",
    "VISUAL, EDITOR": "The editor for texts and for sen pupil edit.",
}
_ENDS = {
    "0": "Done.",
    "1": "sen check or sen verify found something.",
    "2": "What was typed is not understood, or something is missing.",
    "3": "A record or a value is not valid.",
    "4": "Nothing fits the name, or several do.",
    "5": "Another command is writing.",
    "6": "A conflict: it is there already, or was changed elsewhere.",
    "7": "The computer, git or a program is at fault.",
    "8": "The history or a record is damaged.",
    "70": "A fault of sencli.",
    "130": "Interrupted; nothing was left half done.",
}


def pages() -> dict[str, str]:
    """Every page by the name of its file: sen(1), and one for each command."""
    from sencli.cli import COMMANDS
    from sencli.cli.shell.run import cli

    root = click.Context(cli, info_name="sen")
    made = {"sen.1": _front(cli, root)}
    for name in COMMANDS:
        if (command := cli.get_command(root, name)) is not None:
            ctx = _within(command, root, name)
            made[f"sen-{name}.1"] = "\n".join(_page(ctx)) + "\n"
    return made


def _within(command: click.Command, parent: click.Context, name: str) -> click.Context:
    names = ["-h", "--help"]
    return click.Context(command, parent, info_name=name, help_option_names=names)


def _front(cli: click.Command, root: click.Context) -> str:
    from sencli.cli import COMMANDS

    lines = [*_head("sen", cli), ".SH SYNOPSIS", *_usage(root)]
    lines += [".SH DESCRIPTION", *_text(cli.help or "")]
    lines += [".SH OPTIONS", *_options(root), ".SH COMMANDS"]
    section = ""
    for name, entry in COMMANDS.items():
        if entry.section != section:
            section = entry.section
            lines.append(f".SS {_plain(section)}")
        command = cli.get_command(root, name)
        said = command.get_short_help_str(200) if command is not None else ""
        lines += [".TP", f".BR sen\\-{_plain(name)} (1)", *_filled(said)]
    lines += [".SH ENVIRONMENT", *_listed(_ENVIRONMENT.items())]
    lines += [".SH EXIT STATUS", *_listed(_ENDS.items())]
    lines += [".SH SEE ALSO", ".BR git (1)"]
    return "\n".join(lines) + "\n"


def _page(ctx: click.Context) -> Iterator[str]:
    command, path = ctx.command, ctx.command_path
    yield from _head(path.replace(" ", "-"), command)
    yield from (".SH SYNOPSIS", *_usage(ctx))
    yield from (".SH DESCRIPTION", *_text(command.help or ""))
    if isinstance(command, click.Group):
        yield ".SH COMMANDS"
        for name in command.list_commands(ctx):
            if (child := command.get_command(ctx, name)) is not None:
                inner = _within(child, ctx, name)
                yield f".SS {_plain(inner.command_path)}"
                yield from (*_usage(inner), ".PP", *_text(child.help or ""))
                yield from _values(inner)
    else:
        yield from (".SH OPTIONS", *_values(ctx))
    yield from (".SH SEE ALSO", ".BR sen (1)")


def _head(name: str, command: click.Command) -> list[str]:
    from sencli import __version__

    said = command.get_short_help_str(200).rstrip(".")
    return [
        f'.TH {_plain(name).upper()} 1 {_day()} "sencli {__version__}" "{_TITLE}"',
        ".SH NAME",
        *_filled(f"{name} \0 {said}"),
    ]


def _day() -> str:
    """The day of the build, or that which is to be repeated."""
    made = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    return datetime.fromtimestamp(made, UTC).date().isoformat()


def _usage(ctx: click.Context) -> list[str]:
    words = ctx.command.collect_usage_pieces(ctx)
    return [f".B {_plain(ctx.command_path)}", *_filled(" ".join(words))]


def _values(ctx: click.Context) -> Iterator[str]:
    """The options, what may stand for their values, and the example."""
    from sencli.cli.shell.examples import EXAMPLES
    from sencli.cli.shell.values import rows

    path = " ".join(ctx.command_path.split()[1:])
    yield from _options(ctx)
    if told := [*rows(path, ctx.command)]:
        yield from (".PP", "Values:", *_listed(told))
    if epilog := inspect.cleandoc(ctx.command.epilog or "").replace("\b", "").strip():
        yield from (".PP", ".nf", *_verbatim(epilog), ".fi")
    if path in EXAMPLES:
        example = f"sen {path} {EXAMPLES[path]}".rstrip()
        yield from (".PP", "Example:", ".PP", ".RS 4", ".nf")
        yield from (*_verbatim(example), ".fi", ".RE")


def _options(ctx: click.Context) -> list[str]:
    params = ctx.command.get_params(ctx)
    shown = (p.get_help_record(ctx) for p in params if isinstance(p, click.Option))
    return _listed(row for row in shown if row is not None)


def _listed(rows: Any) -> list[str]:
    lines: list[str] = []
    for name, said in rows:
        lines += [".TP", f".B {_plain(name)}", *_filled(said)]
    return lines


def _text(told: str) -> list[str]:
    """The paragraphs of a help; those that are marked for it as they stand."""
    lines: list[str] = []
    for number, part in enumerate(inspect.cleandoc(told).split("\n\n")):
        lines += [".PP"] if number else []
        if part.startswith("\b\n"):
            lines += [".nf", *_verbatim(part.removeprefix("\b\n")), ".fi"]
        else:
            lines += _filled(part.replace("``", ""))
    return lines


def _filled(text: str) -> list[str]:
    """The text in short lines, none of which troff takes for a request."""
    wrapped = textwrap.wrap(" ".join(text.split(" ")), _WIDE, break_on_hyphens=False)
    return [_guarded(line).replace("\0", "\\-") for line in wrapped]


def _verbatim(text: str) -> list[str]:
    return [_guarded(line.rstrip()) for line in text.split("\n")]


def _guarded(line: str) -> str:
    plain = _plain(line)
    return f"\\&{plain}" if plain.startswith((".", "'", "\\(aq")) else plain


def _plain(text: str) -> str:
    """The text with nothing that troff reads as its own."""
    known = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha"}
    known |= {"~": "\\(ti", '"': "\\(dq"}
    return "".join(
        known.get(char, char) if char.isascii() else f"\\[u{ord(char):04X}]"
        for char in text
    )


class ManPages(BuildHookInterface[Any]):
    """Puts the pages into the wheel, to lie where the system's own lie."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write them, and say where they go."""
        del version
        sys.path.insert(0, self.root)
        self._folder = tempfile.TemporaryDirectory()
        for path in write(Path(self._folder.name)):
            build_data["shared_data"][str(path)] = f"{PLACE}/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], made: str) -> None:
        """Clear away what was packed."""
        del version, build_data, made
        self._folder.cleanup()


def write(folder: Path) -> list[Path]:
    """Write every page into a folder that is there."""
    found = []
    for name, text in pages().items():
        path = folder / name
        path.write_text(text, "utf-8", newline="\n")
        found.append(path)
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    write(Path(sys.argv[1]))
