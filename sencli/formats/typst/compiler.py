"""The Typst compiler: files in memory in, the bytes of a PDF or of a page out.

It compiles in a folder that is empty, without packages or network, so that data can
name no file. The fonts are ours, so that output is the same everywhere; those of the
machine are looked at only for a character that ours lack.
"""

from __future__ import annotations

import tempfile
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from sencli import resources
from sencli.errors import EnvironmentFault
from sencli.formats.installing import install_line

if TYPE_CHECKING:
    import typst


class NoTypstError(EnvironmentFault):
    """Typst is not there: it is compiled, and not for every system."""

    def __init__(self) -> None:
        super().__init__(
            "Typst, which sets pages, is not installed here, so there is no PDF.",
            f"Install it where it can be had: {install_line('typst')}\n"
            "Or print without it: --format html or --format text",
        )


_PPI = 220
"""Fine enough for print, and no larger than it need be."""


class CompileError(Exception):
    """The compiler's messages.

    Attributes:
        message: in short.
        diagnostic: with the places.
    """

    def __init__(self, message: str, diagnostic: str) -> None:
        super().__init__(message)
        self.message = message
        self.diagnostic = diagnostic


FONTS = ("fonts", "fonts-cjk")
"""Folders of our fonts; the second is of Chinese, Japanese and Korean, and large."""

OURS, CHINESE, MACHINE = range(3)
"""How far fonts are looked for: ours, those of Chinese too, the computer's as well."""


def compile_here(
    files: dict[str, bytes], target: str, day: int, reach: int = OURS
) -> bytes:
    """Compile the files; raises CompileError if they are refused."""
    try:
        import typst
    except ImportError:
        raise NoTypstError from None

    try:
        return _compile(files, target, day, reach)
    except typst.TypstError as fault:
        raise CompileError(fault.message, fault.diagnostic) from fault


def pictures_here(files: dict[str, bytes]) -> list[bytes]:
    """Each page of ``main.typ`` as a PNG; raises CompileError if they are refused."""
    try:
        import typst
    except ImportError:
        raise NoTypstError from None

    compiler: Any = _compiler(OURS)
    try:
        made = compiler.compile(files, format="png", ppi=_PPI)
    except typst.TypstError as fault:
        raise CompileError(fault.message, fault.diagnostic) from fault
    return [made] if isinstance(made, bytes) else list(made)


def _compile(files: dict[str, bytes], target: str, day: int, reach: int) -> bytes:
    compiler: Any = _compiler(reach)  # its stubs know files, not a folder in memory
    made: tuple[bytes, list[object]] = compiler.compile_with_warnings(
        {"main.typ": b'#include "document.typ"'} | files,
        format=target,
        ppi=_PPI,
        pdf_standards=["ua-1"] if target == "pdf" else [],
        sys_inputs={"target": target},
        timestamp=day,
    )
    return made[0]


@cache
def _compiler(reach: int) -> typst.Compiler:
    import typst

    templates = resources.folder("templates")
    folders = FONTS[:1] if reach == OURS else FONTS

    # the folder is gone before anything is compiled: there is nothing to read in it,
    # and nothing is left behind however the program ends
    with tempfile.TemporaryDirectory(prefix="sencli-") as root:
        return typst.Compiler(
            root=root,
            font_paths=[str(templates / name) for name in folders],
            ignore_system_fonts=reach != MACHINE,
            package_path=root,
            package_cache_path=root,
        )
