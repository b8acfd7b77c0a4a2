"""Words taken as people type them: plural nouns, a verb first, a pupil after a noun."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence

import click

from sencli.cli.shell.options import Words

_WITHOUT_NOUN = {"show": "pupil", "edit": "pupil", "add": "pupil", "leave": "pupil"}
"""The noun meant where only a pupil follows the verb."""
_SAME = {
    **dict.fromkeys(("new", "create", "enter"), "add"),
    **dict.fromkeys(("change", "update", "amend"), "set"),
    **dict.fromkeys(("delete", "del", "rm"), "remove"),
    **dict.fromkeys(("view", "display"), "show"),
    **dict.fromkeys(("ls", "all"), "list"),
    **dict.fromkeys(("stop", "finish"), "end"),
}
"""What else people call a verb: one verb for one thing, the others taken too."""


def in_order(
    args: Sequence[str],
    verbs: Mapping[str, Sequence[str]],
    is_pupil: Callable[[str], bool],
    *,
    can_ask: bool = False,
) -> list[str]:
    """The command that is meant by words in another order, or those words.

    Args:
        args: as typed: ``pupils``, ``add pupil Amelia``, ``show amelia``.
        verbs: each noun with its verbs.
        is_pupil: whether a text names exactly one pupil.
        can_ask: whether a moment can be led through.
    """
    if not args:
        return []
    first, *rest = args
    if first not in verbs and _SAME.get(first):
        first = _SAME[first]
    elif rest and rest[0] not in verbs.get(first, ()) and _SAME.get(rest[0]):
        rest = [_SAME[rest[0]], *rest[1:]]
    args = _taken_out([first, *rest], verbs, is_pupil)
    first, *rest = args
    if first not in verbs:
        return _without_noun(args, verbs, is_pupil)
    own = verbs[first]
    verb = next((verb for verb in ("show", "list") if verb in own), "")
    named = rest and rest[0] not in own and not rest[0].startswith("-")
    if verb and named and is_pupil(rest[0]):
        formed = any(word in {"--form", "--from"} for word in rest)
        if "lead" in own and (formed or (can_ask and len(rest) == 1)):
            verb = "lead"
        return [first, verb, *rest]
    return list(args)


def _taken_out(
    args: list[str],
    verbs: Mapping[str, Sequence[str]],
    is_pupil: Callable[[str], bool],
) -> list[str]:
    """``remove amelia concern 1`` for ``remove concern amelia 1``, and noun first."""
    first, *rest = args
    if rest[:1] == ["remove"] and "remove" not in verbs.get(first, ("remove",)):
        first, rest = "remove", [first, *rest[1:]]
    if first == "remove" and len(rest) > 1 and not is_pupil(rest[0]):
        noun = _singular(rest[0], verbs)
        if noun and is_pupil(rest[1]):
            return [first, rest[1], noun, *rest[2:]]
    return args


def _without_noun(
    args: Sequence[str],
    verbs: Mapping[str, Sequence[str]],
    is_pupil: Callable[[str], bool],
) -> list[str]:
    first, *rest = args
    noun = _singular(first, verbs)
    after = _singular(rest[0], verbs) if rest else ""
    if noun and "list" in verbs[noun]:
        return [noun, "list", *rest]
    if after and first in verbs[after]:
        return [after, first, *rest[1:]]
    if first in _WITHOUT_NOUN and (not rest or is_pupil(rest[0])):
        return [_WITHOUT_NOUN[first], *args]
    return list(args)


def _singular(word: str, verbs: Mapping[str, object]) -> str:
    """The noun that a word is, or is the plural of; "" if there is none."""
    forms = [word, word.removesuffix("s"), word.removesuffix("es")]
    if word.endswith("ies"):
        forms.append(word.removesuffix("ies") + "y")
    return next((form for form in forms if form in verbs), "")


def as_one_text(
    words: Sequence[str],
    extra: Sequence[str],
    command: click.Command,
    noun: str,
    is_pupil: Callable[[str], bool],
    is_class: Callable[[str], bool],
) -> list[str]:
    """The words, with those that were too many put where alone they can belong.

    They go on with a text that a person writes, or with the name of a pupil; or they
    are the text that the noun is about, as in ``concern add amelia She is tired``, or
    the class that a list is of, as in ``map 4B``.

    Args:
        words: of the whole command.
        extra: those that nothing takes.
        command: the command.
        noun: its noun: ``concern``.
        is_pupil: whether a text names exactly one pupil.
        is_class: whether a text is a class of the school.

    Returns:
        The words with the text in one, or nothing where it could be several things.
    """
    number = len(extra)
    starts = [
        n
        for n in range(1, len(words) - number + 1)
        if list(words[n : n + number]) == list(extra)
    ]
    if len(starts) != 1:
        return []
    start = starts[0]
    classes = [p for p in command.params if p.name == "class_" and "--class" in p.opts]
    if classes and "--class" not in words and is_class(" ".join(extra)):
        before, after = words[:start], words[start + number :]
        return [*before, "--class", " ".join(extra), *after]
    head, rest = list(words[: start - 1]), list(words[start + number :])
    text = " ".join([words[start - 1], *extra])
    options = {opt: p for p in command.params for opt in p.opts if opt.startswith("-")}
    param = options.get(head[-1]) if head else None
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    if param is None and len(arguments) == 1 and is_pupil(text):
        return [*head, text, *rest]
    own = options.get(f"--{noun}")
    if param is None and own is not None and f"--{noun}" not in words:
        return [*words[:start], f"--{noun}", " ".join(extra), *rest]
    param = param or (arguments[-1] if arguments else None)
    return [*head, text, *rest] if param and isinstance(param.type, Words) else []
