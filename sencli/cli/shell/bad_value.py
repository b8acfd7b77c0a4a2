"""What is wrong with a value that click refused, in plain words, and what may stand."""

from __future__ import annotations

import re

import click

from sencli.errors import UsageFault

_VALUE = re.compile(r"^(?P<value>'.*?'|\".*?\"|-?[\d.]+) is not ", re.DOTALL)
_FEW = 16


def as_fault(fault: click.UsageError) -> UsageFault:
    """What click refused, as a fault of this program in plain words."""
    found = explained(fault) if isinstance(fault, click.BadParameter) else None
    return UsageFault(*(found or (fault.format_message(),)))


def explained(fault: click.BadParameter) -> tuple[str, str] | None:
    """The message and what to type; None where click's own words are plain enough."""
    param, found = fault.param, _VALUE.match(fault.message)
    if param is None or found is None:
        return None
    value = found["value"].strip("'\"")
    option = isinstance(param, click.Option)
    name = param.opts[0] if option else param.human_readable_name
    if isinstance(param.type, click.Choice):
        return f"{name}: there is no {value!r}.", _choices(
            value, list(param.type.choices)
        )
    if isinstance(param.type, click.IntRange):
        return f"{name}: {value!r} is not a number {_range(param.type)}.", ""
    if param.type is click.INT:
        return f"{name}: {value!r} is not a whole number.", ""
    return None


def _range(kind: click.IntRange) -> str:
    if kind.max is None:
        return f"from {kind.min} on"
    return f"from {kind.min} to {kind.max}"


def _choices(value: str, known: list[str]) -> str:
    """Those that are typed like it, or begin so; else all."""
    from difflib import get_close_matches

    text = value.casefold()
    near = [one for one in known if text and text in one.casefold()]
    near = near or get_close_matches(text, known, n=3, cutoff=0.6)
    if near:
        return f"Did you mean: {', '.join(near[:_FEW])}"
    return f"There are: {', '.join(known)}"
