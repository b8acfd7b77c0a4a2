"""Refuse options that the chosen document would ignore."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

import click
from click.core import ParameterSource

from sencli.documents.registry import DOCUMENTS
from sencli.errors import NotFound
from sencli.errors import UsageFault

_EVERY = frozenset(
    (
        *("document", "lang", "large", "to", "audience", "record"),
        *("as_at", "known_at", "fmt", "output", "force", "opened"),
    )
)
_OF_ONE = frozenset(
    (
        *("pupils", "class_", "this_week", "everyone", "each", "cycle"),
        *("single_sided", "no_cover"),
    )
)
"""Of papers about one pupil; which of them takes ``--cycle`` is asked later."""
_OF_ONE_ALONE = frozenset(("include", "since", "cycle", "each", "strict"))
"""Those of which it is said that no paper about many takes them."""


def check(document: str) -> None:
    """Refuse what was typed in this run that the document would not heed.

    Raises:
        UsageFault: there is some; says what the document takes beside the usual.
    """
    made, heeds, words = DOCUMENTS[document], heeded_options(document), _words()
    for name in _typed():
        if name in heeds:
            continue
        if name in _OF_ONE_ALONE and not made.each:
            raise UsageFault(
                f"{words[name]} goes with papers about one pupil, not with {document}."
            )
        own = [words[key] for key in made.options if key in words]
        raise UsageFault(
            f"The document {document} does not take {words[name]}.",
            f"It takes: {', '.join(own)}." if own else "Leave it out.",
        )
    size = click.get_current_context().params.get("size")
    if size and size not in made.sizes:
        raise UsageFault(
            f"The document {document} is not printed on {size}.",
            f"It takes: --size {', --size '.join(made.sizes)}.",
        )


def heeded_options(document: str) -> frozenset[str]:
    """The names of the options that the document heeds."""
    made = DOCUMENTS[document]
    heeds = _EVERY | {*made.options} | (_OF_ONE if made.each else frozenset())
    return heeds | {"strict", "single_sided"} if made.guarded else heeds


def _typed() -> Iterator[str]:
    """The names of the options and arguments that were typed."""
    context = click.get_current_context()
    for name, value in context.params.items():
        source = context.get_parameter_source(name)
        if source is ParameterSource.COMMANDLINE and value != ():
            yield name


def _words() -> dict[str, str]:
    """Each option of this command as it is written; and who the paper is about."""
    command = click.get_current_context().command
    options = {
        str(one.name): one.opts[0]
        for one in command.params
        if isinstance(one, click.Option)
    }
    return {**options, "pupils": "the name of a pupil"}


def check_included(
    records: Sequence[Mapping[str, Any]], include: frozenset[str]
) -> None:
    """Refuse an id after ``--include`` that nothing in the records has.

    Raises:
        NotFound: there is no such item.
    """
    if not include:
        return
    known = {one for record in records for one in _ids(record)}
    if missing := sorted(include - known):
        raise NotFound(
            f"Nothing in the record has the id {missing[0]!r}.",
            "The ids stand in: sen pupil show PUPIL --restricted --format json",
        )


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(found := value.get("id"), str):
            yield found
        for part in value.values():
            yield from _ids(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ids(part)
