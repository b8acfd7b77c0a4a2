"""Ethnicity and home language over time; the newest on the day counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.people.context import person
from sencli.core.pupil.languages import language_of
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.edit import refuse_unmoved
from sencli.core.record.find import choose
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import newest
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.errors import InvalidValue

ETHNICITY_WORDS = {
    "white british": "WBRI",
    "british": "WBRI",
    "irish": "WIRI",
    "irish traveller": "WIRT",
    "traveller": "WIRT",
    "gypsy": "WROM",
    "roma": "WROM",
    "gypsy/roma": "WROM",
    "indian": "AIND",
    "refused": "REFU",
    "not obtained": "NOBT",
}
# Extended codes that authorities let schools choose, by the main code they count under.
_EXTENDED = {
    "WBRI": "WENG WSCO WWEL WCOR WNIR WOWB",
    "WOTH": "WALB WBOS WCRO WGRE WGRK WGRC WITA WKOS WPOR WSER WTUR WTUK WTUC WEUR "
    "WEEU WWEU WOTW",
    "WROM": "WROG WROR WROO",
    "MWAS": "MWAP MWAI MWAO",
    "MOTH": "MAOE MABL MACH MBOE MBCH MCOE MWOE MWCH MOTM",
    "APKN": "AMPK AKPA AOPK",
    "AOTH": "AAFR AKAO ANEP ASNL ASLT ASRO AOTA",
    "BAFR": "BANN BCON BGHA BNGN BSLN BSOM BSUD BAOF",
    "BOTH": "BEUR BNAM BOTB",
    "CHNE": "CHKC CMAL CSNG CTWN COCH",
    "OOTH": "OAFG OARA OEGY OFIL OIRN OIRQ OJPN OKOR OKRD OLAM OLEB OLIB OMAL OMRC "
    "OPOL OTHA OVIE OYEM OOEG",
}
_MAIN = {code: main for main, codes in _EXTENDED.items() for code in codes.split()}


def ethnicity_of(typed: str) -> Record:
    """The code that is meant; an authority's extended code is kept as the detail."""
    code = typed.strip().upper()
    if code in _MAIN:
        return {"code": _MAIN[code], "detail": code}
    return {"code": choose(typed, terms.ETHNICITY, "ethnicity", ETHNICITY_WORDS)}


def ethnicity_label(entry: Entry) -> str:
    """An entry in words, with its code."""
    return f"{terms.ETHNICITY[entry['code']]} ({entry['code']})"


def language_label(entry: Entry) -> str:
    """A home language, with its code where there is one."""
    code = f" ({entry['code']})" if "code" in entry else ""
    return f"{entry['language']}{code}"


def set_ethnicity(
    record: Record, meant: Entry, fields: Mapping[str, Any], context: Context
) -> Act:
    """The record with an ethnicity from a day; the first as far back as we know.

    Args:
        record: the pupil's.
        meant: as `ethnicity_of` gives it.
        fields: ``detail``, ``basis``, ``by``, ``from``, ``restricted``.
        context: day and people.
    """
    return _set(record, "ethnicity", {**meant, **fields}, context)


def set_language(
    record: Record, typed: str, fields: Mapping[str, Any], context: Context
) -> Act:
    """The record with a home language from a day; the first as far back as we know.

    Args:
        record: the pupil's.
        typed: the language, by its words or code.
        fields: ``code``, ``basis``, ``by``, ``note``, ``from``.
        context: day and people.
    """
    code = str(fields.get("code") or "").upper()
    language, known = (typed, "") if code else language_of(typed)
    if code and not (code.isalpha() and len(code) in {3, 4}):
        raise InvalidValue(
            f"{code} is not a language code: it has three or four letters.",
            "Leave --code out, or type it as URD.",
        )
    named = {**fields, "language": language, "code": code or known}
    return _set(record, "home_language", named, context)


_SAYS = {"ethnicity": ("code", "detail"), "home_language": ("language", "code")}
_LABELS = {"ethnicity": ethnicity_label, "home_language": language_label}
_NAMES = {"ethnicity": "ethnicity", "home_language": "home language"}


def _set(record: Record, name: str, fields: Mapping[str, Any], context: Context) -> Act:
    entries: list[Record] = record.get(name, [])
    day = fields.get("from")
    now = newest(entries, day or context.today)
    named = given({k: v for k, v in fields.items() if k != "from"})
    if "by" in named:
        named["by"] = person(named["by"], record, context, day or context.today)
    own = _SAYS[name]
    same = now is not None and _same(now, named, own)
    if now is None:
        began = {"from": day} if day or entries else {}
        if entries and not day:
            began = {"from": context.today}
        listed = placed(entries, {**began, **named})
    elif same or context.correct:
        what = f"The {_NAMES[name]} {_LABELS[name](now)}"
        if same and not (named.items() - now.items()):
            refuse_unmoved(now, day, what)
        base = now if same else {k: v for k, v in now.items() if k not in own}
        listed = [{**base, **named} if e == now else e for e in entries]
    else:
        # who said so goes with what they said
        kept = {k: v for k, v in now.items() if k == "restricted"}
        began = {"from": day or context.today}
        listed = placed(entries, {**kept, **named, **began})
    entry = {**(now or {}), **named}
    changed = {**record, name: listed}
    since = next((e.get("from", "") for e in listed if _same(e, named, own)), "")
    when = f" from {words(since)}" if since else ""
    return Act(
        changed,
        f"{full_name(record)}: {_NAMES[name]} {_LABELS[name](entry)}{when}.",
        {name: str(entry[own[0]])},
    )


def _same(entry: Entry, named: Entry, own: tuple[str, ...]) -> bool:
    """Whether an entry says the same; what is not named of it is no difference."""
    return entry.get(own[0]) == named[own[0]] and named.get(own[1]) in {
        None,
        entry.get(own[1]),
    }
