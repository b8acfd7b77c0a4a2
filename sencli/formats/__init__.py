"""The output formats of a View, by name.

Adding a format is one module with a ``write(views, options)`` and one line in FORMATS.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from sencli.errors import EnvironmentFault
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from sencli.documents.view import Block
    from sencli.documents.view import View


def _silent(_message: str) -> None:
    """Nobody listens."""


class RenderOptions(NamedTuple):
    """Options for writing views in a format.

    Attributes:
        templates: the school's own folder of templates, or None.
        wide: columns of the terminal, or None for lines as long as they are.
        single_sided: whether several papers in one file may share a sheet; else each
            begins on the front of one.
        warn: is told, in one sentence, what could not be shown as it was written.
        isolate: whether text is for a reader that lays out Arabic by its marks; a
            terminal would show them.
    """

    templates: Path | None = None
    wide: int | None = None
    warn: Callable[[str], None] = _silent
    single_sided: bool = False
    isolate: bool = False


class Format(NamedTuple):
    """A format by name.

    Attributes:
        name: what is typed after ``--format``.
        suffix: of a file that holds it, with the dot.
        module: holds ``write(views, options) -> bytes``; imported when first used.
        binary: whether it is of no use on a terminal.
        tables_only: whether it shows the tables of a View and nothing else.
        typeset: whether templates set it, which a school may have its own of.
        sorted: whether it is read by what sorts and filters: one table of all rows.
    """

    name: str
    suffix: str
    module: str
    binary: bool = False
    tables_only: bool = False
    typeset: bool = False

    @property
    def paged(self) -> bool:
        """Whether it has pages: sheets to share, and large print."""
        return self.typeset or self.name == "docx"

    sorted: bool = False

    def write(self, views: Sequence[View], options: RenderOptions) -> bytes:
        """The views in this format."""
        try:
            module: Any = import_module(self.module)
        except ImportError as missing:
            raise _lacking(self.name, missing) from None
        written: bytes = module.write(views, options)
        return written

    def pieces(
        self,
        view: View,
        blocks: Iterable[Block],
        data: Iterable[Any],
        options: RenderOptions,
    ) -> Iterator[bytes]:
        """A long view in this format, bit by bit; text and json can.

        Args:
            view: its head.
            blocks: what stands under it, for formats that show blocks.
            data: the same for formats that give what is behind it: a list's items.
            options: as for ``write``.
        """
        module: Any = import_module(self.module)
        found: Iterator[bytes] = module.pieces(view, blocks, data, options)
        return found


_LIBRARIES = {"xlsx": "XlsxWriter", "docx": "python-docx"}


def _lacking(name: str, missing: ImportError) -> Exception:
    """What is said where the library of a format is not installed."""
    library = _LIBRARIES.get(name)
    if library is None:
        return missing
    from sencli.formats.installing import install_line

    return EnvironmentFault(
        f"The library {library}, which writes {name}, is not installed here.",
        f"Install it where it can be had: {install_line(library)}\n"
        "Or print without it: --format html, pdf or text",
    )


_TYPST, _OFFICE = "sencli.formats.typst", "sencli.formats.office"

FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("text", ".txt", "sencli.formats.text"),
        Format("table", ".txt", "sencli.formats.text"),
        Format("csv", ".csv", "sencli.formats.csv_", tables_only=True, sorted=True),
        Format("json", ".json", "sencli.formats.json_"),
        Format("md", ".md", "sencli.formats.markdown"),
        Format("html", ".html", f"{_TYPST}.html", typeset=True),
        Format("pdf", ".pdf", f"{_TYPST}.pdf", binary=True, typeset=True),
        Format("xlsx", ".xlsx", f"{_OFFICE}.excel", binary=True, sorted=True),
        Format(
            "sqlite",
            ".sqlite",
            "sencli.formats.sqlite_",
            binary=True,
            tables_only=True,
            sorted=True,
        ),
        Format("docx", ".docx", f"{_OFFICE}.word", binary=True),
    )
}


def render(
    views: Sequence[View],
    fmt: str,
    *,
    templates: Path | None = None,
    wide: int | None = None,
    warn: Callable[[str], None] | None = None,
    single_sided: bool = False,
    isolate: bool = False,
) -> bytes:
    """The views in the format of that name, as the bytes of one file.

    Args:
        views: at least one.
        fmt: a key of FORMATS.
        templates: the school's own templates, which stand in for ours.
        wide: columns of the terminal for text, or None not to wrap.
        warn: is told what could not be shown as it was written.
        single_sided: papers need not begin on the front of a sheet.
        isolate: text and Markdown keep names in order where writing runs both ways.

    Raises:
        UsageFault: there is no such format, or nothing to print.
        InvalidValue: a csv without a table, or a faulty template of the school's.
    """
    made = FORMATS.get(fmt)
    if made is None:
        raise UsageFault(
            f"There is no format {fmt!r}.",
            f"The formats are: {', '.join(FORMATS)}.",
        )
    if not views:
        raise UsageFault("There is nothing to print.")
    options = RenderOptions(templates, wide, warn or _silent, single_sided, isolate)
    if not made.paged and any(not view.lang.startswith("en") for view in views):
        from sencli.documents.made_in.language_marks import without_marks

        views = [without_marks(view) for view in views]
    return made.write(views, options)
