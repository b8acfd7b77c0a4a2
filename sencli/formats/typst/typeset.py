"""Views set with Typst: templates and data in, a PDF or a page of HTML out."""

from __future__ import annotations

import json
import re
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal
from typing import NamedTuple

from sencli import resources
from sencli.documents.view import Sheet
from sencli.documents.view import View
from sencli.errors import InvalidValue
from sencli.formats import RenderOptions
from sencli.formats.cells import file_title
from sencli.formats.typst.compiler import CHINESE
from sencli.formats.typst.compiler import MACHINE
from sencli.formats.typst.compiler import OURS
from sencli.formats.typst.compiler import CompileError
from sencli.formats.typst.compiler import NoTypstError
from sencli.formats.typst.compiler import compile_here
from sencli.formats.typst.data import view_data
from sencli.formats.typst.large_print import in_large_print
from sencli.formats.typst.own_files import brought_in
from sencli.formats.typst.own_files import own_bytes
from sencli.formats.typst.own_process import compile_apart
from sencli.formats.typst.portrait import drawn
from sencli.formats.typst.text_runs import MISSING
from sencli.formats.typst.text_runs import clean
from sencli.formats.typst.text_runs import with_breaks

if TYPE_CHECKING:
    from collections.abc import Sequence

Target = Literal["pdf", "html"]
_TARGETS: tuple[Target, ...] = ("pdf", "html")

TEMPLATES = (
    "document.typ",
    "blocks.typ",
    "chart.typ",
    "theme.json",
    "style.css",
)
"""Files that a school may put into its own ``templates`` in place of ours."""

_UNSHOWN = re.compile(r'(?:the text|codepoint) `"(.*?)"`', re.DOTALL)
_CODE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_ROOT = re.compile(r"[^\s()]*sencli-\w+/")
"""The folder it is compiled in, which means nothing to the user."""

_CHINESE = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff]"
)
"""A character of Chinese, Japanese or Korean: only then is their font looked at."""

_TOO_LONG = re.compile(rb"\btoo-long-(\d+)\b")
"""What the templates say, among the keywords, of a sheet that is more than a page."""

_ATTEMPTS = 10
_SHOWN = 10
_CARDS = 4
"""Cards on a sheet."""


def typeset(views: Sequence[View], target: Target, options: RenderOptions) -> bytes:
    """The views as one file, each beginning on its own page."""
    views = [in_large_print(view) for view in views]
    files = _templates(options.templates)
    pictures = _pictures(views, target)
    files |= pictures.files
    data = _data(views, pictures.places, single_sided=options.single_sided)
    day = _midnight(views[0].day)
    missing: set[str] = set()
    words = []
    apart = _foreign(files, views)
    reach = OURS
    for _attempt in range(_ATTEMPTS):
        try:
            text = _dumped(data, target)
            reach = max(reach, CHINESE if _CHINESE.search(text) else OURS)
            whole = files | {"data.json": text.encode("utf-8", "replace")}
            made = (
                compile_apart(whole, target, day, reach, len(views))
                if apart
                else compile_here(whole, target, day, reach)
            )
        except CompileError as fault:
            found = _unshown(fault) - missing
            if found and reach != MACHINE:
                reach = MACHINE
            elif found:
                missing |= found
                data = _without(data, found)
            elif data["logos"]:
                words.append("The school's logo could not be read and was left out.")
                data = _no_logos(data)
            else:
                raise _explained(fault, options.templates) from fault
            continue
        if target == "pdf" and (long := _TOO_LONG.findall(made)):
            data = _a_step_further(data, {int(sheet) for sheet in long})
            continue
        for word in [*words, *([_missing_words(missing)] if missing else [])]:
            options.warn(word)
        return made
    raise InvalidValue(
        "Some characters of this document cannot be printed.",
        "Ask for --format html or text instead.",
    )


def template_fault(own: Path) -> str:
    """The fault of a school's own templates, or ""; tried on a sample page."""
    from sencli.formats.typst.specimen import SPECIMEN

    try:
        for target in _TARGETS:
            typeset([SPECIMEN], target, RenderOptions(templates=own))
    except InvalidValue as fault:
        return fault.message
    except NoTypstError:  # then nothing uses them
        pass
    return ""


def logo_fault(data: bytes, kind: Literal["png", "jpg", "svg"]) -> str:
    """Why a logo cannot be printed, or ""; tried on a sample page."""
    from sencli.formats.typst.specimen import SPECIMEN
    from sencli.value import replace

    school = replace(SPECIMEN.school, logo=data, logo_format=kind)
    words: list[str] = []
    try:
        typeset(
            [replace(SPECIMEN, school=school)], "pdf", RenderOptions(warn=words.append)
        )
    except NoTypstError:  # then no page has a logo here
        return ""
    return "The picture cannot be printed." if words else ""


def _foreign(files: dict[str, bytes], views: Sequence[View]) -> bool:
    """Whether something that is not ours is compiled: a template, a drawn logo."""
    if any(view.school.logo_format == "svg" for view in views):
        return True
    ours = resources.folder("templates")
    return any(
        data != (ours / name).read_bytes()
        for name, data in files.items()
        if name.endswith(".typ")
    )


def _templates(own: Path | None) -> dict[str, bytes]:
    """Our templates, each with the school's own in its place where there is one.

    A style sheet of the school's comes after ours, and a theme is laid over ours, so
    that they need say only what differs.
    """
    files = {}
    for name in TEMPLATES:
        files[name] = (resources.folder("templates") / name).read_bytes()
        theirs = own_bytes(own, name) if own is not None else None
        if own is not None and theirs is not None:
            files[name] = _laid_over(files[name], theirs, own / name)
    return files


def _laid_over(ours: bytes, theirs: bytes, path: Path) -> bytes:
    place = f"{path.parent.name}/{path.name}"
    try:
        text = theirs.decode("utf-8")
        if path.suffix == ".css":
            return ours + b"\n" + text.encode()
        if path.suffix == ".json":
            return json.dumps(json.loads(ours) | json.loads(text)).encode()
    except (ValueError, TypeError) as fault:
        raise InvalidValue(
            f"The school's own template {place} cannot be read: {fault}",
            f"Mend {place}, or delete it to use the one that comes with sencli.",
        ) from fault
    if odd := brought_in(text, TEMPLATES):
        raise InvalidValue(
            f"The school's own template {place} brings in what is no file of sencli's "
            f"templates ({odd}): a package from the network, or a name worked out.",
            "Templates must work without a network: take it out. The words import, "
            'include and eval stand only before its own files, as "blocks.typ".',
        )
    return text.encode()


class _Pictures(NamedTuple):
    """Pictures of some views: as files for paper, in the page itself on a screen."""

    files: dict[str, bytes]
    places: list[dict[str, Any] | None]


def _pictures(views: Sequence[View], target: Target) -> _Pictures:
    made = _Pictures({}, [])
    for view in views:
        drawing = drawn(view.picture)
        if not drawing:
            made.places.append(None)
            continue
        name = f"picture-{len(made.places)}.svg"
        if target == "pdf":
            made.files[name] = drawing
            made.places.append({"file": name, "url": None})
        else:
            made.places.append({"file": name, "url": _url(drawing, "svg")})
    return made


def _sheets(views: Sequence[View]) -> list[list[int]]:
    """Which views stand on one sheet: four cards, and all that share one."""
    sheets: list[list[int]] = []
    open_: dict[tuple[Sheet, bool], list[int]] = {}
    for place, view in enumerate(views):
        kind = (view.sheet, view.landscape)
        card = view.sheet.size == "card"
        if not (card or view.sheet.shared):
            sheets.append([place])
            continue
        if kind not in open_ or (card and len(open_[kind]) == _CARDS):
            open_[kind] = []
            sheets.append(open_[kind])
        open_[kind].append(place)
    return sheets


def _data(
    views: Sequence[View],
    pictures: Sequence[dict[str, Any] | None],
    *,
    single_sided: bool,
) -> dict[str, Any]:
    schools = [view.school for view in views if view.school.logo]
    logos = list({(school.logo, school.logo_format): None for school in schools})
    made = [
        view_data(
            view,
            logos.index((view.school.logo, view.school.logo_format))
            if view.school.logo
            else None,
            picture,
        )
        for view, picture in zip(views, pictures, strict=True)
    ]
    several = len(made) > 1
    return {
        # the title of a file with several papers names none of the children
        "title": clean(file_title(views)) if several else made[0]["title"],
        "odd": several and not single_sided,
        "author": list(dict.fromkeys(clean(view.school.name) for view in views)),
        "logos": [_logo(data, kind) for data, kind in logos],
        "views": made,
        "sheets": _sheets(views),
    }


def _logo(data: bytes, kind: str) -> dict[str, Any]:
    known = kind or _kind_of(data)
    return {"bytes": list(data), "format": known, "url": _url(data, known)}


def _url(data: bytes, kind: str) -> str:
    import base64

    mime = {"svg": "svg+xml", "jpg": "jpeg"}.get(kind, kind)
    return f"data:image/{mime};base64,{base64.b64encode(data).decode()}"


def _kind_of(data: bytes) -> str:
    if data.startswith(b"\xff\xd8"):
        return "jpg"
    return "svg" if b"<svg" in data[:1000] else "png"


def _no_logos(data: dict[str, Any]) -> dict[str, Any]:
    views = [view | {"logo": None} for view in data["views"]]
    return data | {"logos": [], "views": views}


def _a_step_further(data: dict[str, Any], sheets: set[int]) -> dict[str, Any]:
    """The data, with the views of these sheets in the next of their sizes."""
    views = {at for sheet in sheets for at in data["sheets"][sheet]}
    return data | {
        "views": [
            view | {"step": view["step"] + 1} if at in views else view
            for at, view in enumerate(data["views"])
        ]
    }


def _dumped(data: dict[str, Any], target: str) -> str:
    text = json.dumps(data, ensure_ascii=False)
    return with_breaks(text, paper=target == "pdf")


def _midnight(day: str) -> int:
    """The day as the time of the file, so that the same View is the same file."""
    try:
        return int(datetime.fromisoformat(day[:10]).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 0


def _unshown(fault: CompileError) -> set[str]:
    """The characters that no font has, read from the compiler's own words."""
    texts = _UNSHOWN.findall(f"{fault.diagnostic}\n{fault.message}")
    found = "".join(
        _CODE.sub(lambda code: chr(int(code[1], 16)), text) for text in texts
    )
    return set(found) - {MISSING}


def _without(data: Any, missing: set[str]) -> Any:
    if isinstance(data, str):
        if missing.isdisjoint(data):
            return data
        return "".join(MISSING if char in missing else char for char in data)
    if isinstance(data, list):
        return [_without(item, missing) for item in data]
    if isinstance(data, dict):
        return {key: _without(value, missing) for key, value in data.items()}
    return data


def _missing_words(missing: set[str]) -> str:
    some = sorted(missing)
    shown = ", ".join(
        f"{char} (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"
        for char in some[:_SHOWN]
    )
    more = f" and {len(some) - _SHOWN} more" if len(some) > _SHOWN else ""
    return (
        f"No font here has {shown}{more}: a box {MISSING} stands in their place. "
        "A font that has them, installed on this computer, is used by itself."
    )


def _explained(fault: CompileError, own: Path | None) -> InvalidValue:
    where = "" if own is None else " of the school's own"
    said = _ROOT.sub("templates/", fault.diagnostic.strip())
    return InvalidValue(
        f"A template{where} does not compile: {said}",
        "Delete the school's own file to use the one that comes with sencli."
        if own is not None
        else "This is a fault of sencli: please report it (without pupils' data).",
    )
