"""Load what documents need: school files, wording, logo, and who may read what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import Wording
from sencli.documents.made_in.wording import over
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.resources import folder

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.core.provision.group_members import Members
    from sencli.core.record.types import Record

_LARGEST = 2_000_000
_USUAL = "en"
BRITISH = "en-GB"
ABOUT = frozenset({"about", "language", "own_name", "needs_check"})
"""What a wording file says of itself."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
"""A BCP 47 tag: language, script, region."""


def setting(
    reading: Reading, lang: str = "", *, fingerprints: bool = True
) -> PaperContext:
    """The setting for the papers of one reading.

    Args:
        reading: the records by the two clocks.
        lang: language of the wording (BCP 47); "" takes the school's, else English.
        fingerprints: whether the papers carry one; a list on a screen need not.
    """
    school = reading.school
    own = reading.app.repo.root / "templates"
    chosen = lang or school.get("settings", {}).get("language", "en-GB")
    return PaperContext(
        school=school,
        provisions=reading.provisions,
        groups=reading.groups,
        members=members(reading),
        day=reading.day,
        words=wording(chosen, own),
        fingerprints=fingerprints,
        written=reading.written,
        logo=own_logo(school.get("letterhead", {}).get("logo", ""), own),
    )


def members(reading: Reading) -> Members:
    """Members of the teaching groups, read when first needed."""
    from sencli.core.provision.group_members import Members

    index: dict[str, list[str]] = {}

    def naming(group: str) -> Iterator[Record]:
        from sencli.store.records.records import naming_groups

        if not index:
            index.update(naming_groups(reading.source))
        for pupil_id in index.get(group, ()):
            with suppress(SencliError):
                yield reading.pupil(pupil_id)

    return Members(naming)


def wording(lang: str, own: Path) -> Wording:
    """The wording of a language: English, the language over it, the school's over both.

    Args:
        lang: BCP 47, such as ``en-GB`` or ``pl``.
        own: the school's own templates, whether they are there or not.
    """
    short = lang.partition("-")[0].lower()
    ours = folder("templates") / "wording"
    data = _read(ours / f"{_USUAL}.json")
    theirs = _own(own, f"wording/{short}.json")
    if short == _USUAL:
        return Wording(over(data, theirs), lang)
    translated = _different(over(_read(ours / f"{short}.json"), theirs), data)
    if translated.keys() <= ABOUT:
        # a school whose language nobody has put into words yet is written to in English
        return Wording(over(data, _own(own, f"wording/{_USUAL}.json")), BRITISH)
    # what is said to some readers in English does not go over another language
    plain = {key: text for key, text in data.items() if key != "for"}
    return Wording(over(plain, translated), lang, translated)


def _different(theirs: Mapping[str, Any], english: Mapping[str, Any]) -> dict[str, Any]:
    """The texts that are not as the English ones: what stands so is not translated."""
    found: dict[str, Any] = {}
    for key, value in theirs.items():
        usual = english.get(key)
        if isinstance(value, Mapping):
            below = usual if isinstance(usual, Mapping) else {}
            if inner := _different(value, below):
                found[key] = inner
        elif value != usual:
            found[key] = value
    return found


def translated_texts(code: str, own: Path) -> dict[str, Any]:
    """The texts in a school's own file of that language that are not English ones."""
    ours = folder("templates") / "wording"
    usual = _read(ours / f"{_USUAL}.json")
    return _different(_own(own, f"wording/{code}.json"), usual)


def english_texts(code: str) -> bytes:
    """A wording file to translate: all English texts, by name."""
    from sencli.core.pupil.languages import name_of

    path = folder("templates") / "wording" / f"{_USUAL}.json"
    texts = {
        key: value
        for key, value in _read(path).items()
        if key not in {"about", "language", "jargon"}
    }
    name = name_of(code) or code
    begun = {"language": name, "own_name": name, **texts}
    return (json.dumps(begun, ensure_ascii=False, indent=2) + "\n").encode()


def language_code(typed: str) -> str:
    """The code of a language to be added, as ``ur`` of ``ur``, ``UR`` or ``Urdu``.

    Raises:
        UsageFault: it is no code, or one that there is.
    """
    from sencli.core.pupil.languages import tag_of

    tag = typed.strip()
    code = tag.partition("-")[0].lower() if _TAG.fullmatch(tag) else tag_of(tag)
    if not code:
        raise UsageFault(
            f"{typed!a} is not the code of a language.",
            "Give two or three letters, as ur for Urdu: sen look words ur",
        )
    if (folder("templates") / "wording" / f"{code}.json").is_file():
        raise UsageFault(
            f"sencli has wording in {code} already.",
            f"To change some of it, put those texts into templates/wording/{code}.json "
            "of the records, then: sen look keep",
        )
    return code


def spoken_name(code: str, own: Path) -> str:
    """The name of a language that there is wording for, else its code."""
    names = [name for name, one in languages(own).items() if one == code != name]
    return names[0].capitalize() if names else code


def languages(own: Path) -> dict[str, str]:
    """The languages that there is wording for: by name and code, their code."""
    found: dict[str, str] = {}
    ours = folder("templates")
    for place in (ours, own):
        for path in sorted((place / "wording").glob("*.json")):
            data = _own(own, f"wording/{path.name}") if place is own else _read(path)
            names = [path.stem, data.get("language", ""), data.get("own_name", "")]
            found |= {str(name).casefold(): path.stem for name in names if name}
    return found


def language_of(spoken: str, known: Mapping[str, str]) -> str:
    """The code of a language that a contact speaks, where there is wording for it.

    Args:
        spoken: as it was typed.
        known: the languages by name and code.
    """
    short = spoken.strip().casefold()
    return known.get(short) or known.get(short.partition("-")[0], "")


def language_named(typed: str, own: Path) -> str:
    """The language of the wording that was typed, by its code or its name.

    Args:
        typed: such as ``pl``, ``en-GB`` or ``Polish``; "" is the school's.
        own: the school's own templates, whether they are there or not.

    Raises:
        UsageFault: there is no wording for it.
    """
    if not typed:
        return ""
    known = languages(own)
    tag = typed.strip()
    if code := known.get(tag.casefold()):
        return code
    if _TAG.fullmatch(tag) and language_of(tag, known):
        return tag
    short = tag.partition("-")[0].lower() if _TAG.fullmatch(tag) else "LANGUAGE"
    raise UsageFault(
        f"There is no wording in the language {typed!a}.",
        f"There is: {_spoken(known)}. Without --lang it is the school's own.\n"
        f"To add one: sen look words {short}",
    )


def _spoken(known: Mapping[str, str]) -> str:
    """The languages as ``English (en), Polish (pl)``."""
    names: dict[str, str] = {}
    for name, code in known.items():
        if name != code:
            names.setdefault(code, name)
    return ", ".join(
        f"{names.get(code, code).capitalize()} ({code})"
        for code in sorted(set(known.values()))
    )


def redaction(own: Path) -> dict[str, Any]:
    """Who may read what: our file, or the school's own in its place.

    A way of sharing of which the school's own file says nothing is as ours has it.
    """
    theirs = own / "redaction.json"
    ours = _read(folder("templates") / theirs.name)
    data = _own(own, theirs.name)
    if not data:
        return ours
    return {**data, "sharing": {**ours["sharing"], **data.get("sharing", {})}}


def evidence_order(own: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """The sections of the evidence for an EHC request, and a school's own headings.

    Raises:
        InvalidValue: the school's own file is not as it should be.
    """
    from sencli.core.papers import evidence_pack

    ours = _read(folder("templates") / evidence_pack.NAME)
    theirs = _own(own, evidence_pack.NAME)
    return evidence_pack.order_of({**ours, **theirs}, ours["sections"])


def own_fault(own: Path) -> str:
    """The fault of a school's own wording or redaction rules, or ""."""
    from sencli.core.papers.redact import rules_of

    try:
        for path in sorted((own / "wording").glob("*.json")):
            usual = wording(path.stem, folder("templates"))
            _same_values(usual, wording(path.stem, own), path)
        evidence_order(own)
        rules = redaction(own)
        for audience in rules.get("audiences", {}):
            rules_of(rules, audience)
    except InvalidValue as fault:
        return fault.message
    return ""


def _same_values(usual: Wording, theirs: Wording, path: Path) -> None:
    """Refuse a text that asks for a value which the usual one does not have."""
    known = usual.values()
    for key, wanted in theirs.values().items():
        if odd := wanted - known.get(key, wanted):
            raise InvalidValue(
                f"{path}: {key} asks for {{{min(odd)}}}, which it does not have."
            )


def _own(own: Path, name: str) -> dict[str, Any]:
    """One of the school's own files; none at all is an empty one."""
    from sencli.formats.typst.own_files import own_bytes

    data = own_bytes(own, name)
    return {} if data is None else _parsed(data, own / name)


def _read(path: Path) -> dict[str, Any]:
    """One of our own files; none at all is an empty one."""
    return _parsed(path.read_bytes(), path) if path.is_file() else {}


def _parsed(content: bytes, path: Path) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("utf-8"))
    except ValueError as fault:
        raise InvalidValue(
            f"{path}: this is not JSON ({fault}).",
            "Mend the file, or remove it to use the usual wording.",
        ) from fault
    if not isinstance(data, dict):
        raise InvalidValue(
            f"{path}: this is not a wording file.",
            "It holds texts by name in curly brackets, as the English one does.",
        )
    return data


def own_logo(name: str, own: Path) -> bytes:
    """The school's picture, or nothing where it is missing or far too large."""
    from sencli.formats.typst.own_files import own_bytes

    if not name:
        return b""
    try:
        data = own_bytes(own, name) or b""
    except InvalidValue:  # the doctor says so; a paper needs no picture
        return b""
    return data if len(data) <= _LARGEST else b""
