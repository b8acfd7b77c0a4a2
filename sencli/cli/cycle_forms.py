"""The texts of a cycle, as forms for ``--edit``."""

from __future__ import annotations

from typing import Any

from sencli.cli.app import App
from sencli.cli.text_form import editable
from sencli.core.edit import the_cycle
from sencli.core.lookup import open_cycle
from sencli.core.types import Record

_VIEWS = {
    "parent_view": "What parents said",
    "pupil_view": "What the pupil said",
}
_ASSESSMENT = {
    "assessment": "The teacher's assessment",
    "attainment": "Attainment, progress and behaviour",
    "compared_with_peers": "Beside peers",
    **_VIEWS,
    "specialist_advice": "Advice from outside",
}
_DOES = {
    "school_does": "What the school does",
    "parent_does": "What parents do",
    "pupil_does": "What the pupil does",
}
_PLAN = {"home_support": "What helps at home", **_DOES}
_REVIEW = {
    **_VIEWS,
    "decision_reason": "Why it was decided",
    "next_steps": "What happens next",
    **_DOES,
}


def _cycle(app: App, typed: dict[str, Any]) -> Record:
    """The cycle meant; an empty one where none is open."""
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    if typed.get("cycle"):
        return the_cycle(record, typed["cycle"], open_only=False)
    return open_cycle(record) or {}


def _views(part: Record) -> dict[str, str]:
    """The pupil's words and the first that are not the pupil's."""
    found: dict[str, str] = {}
    for view in part.get("views", ()):
        name = "pupil_view" if view["of"] == "pupil" else "parent_view"
        found.setdefault(name, view["text"])
    return found


def _assessed(app: App, typed: dict[str, Any]) -> dict[str, str]:
    part = _cycle(app, typed).get("assess", {})
    texts = {**part, "assessment": part.get("teacher_assessment", "")}
    return {k: texts[k] for k in _ASSESSMENT if texts.get(k)} | _views(part)


def _doing(part: Record) -> dict[str, str]:
    return {f"{who}_does": t for who, t in part.get("responsibilities", {}).items()}


def _planned(app: App, typed: dict[str, Any]) -> dict[str, str]:
    part = _cycle(app, typed).get("plan", {})
    texts = {**_doing(part), "home_support": part.get("home_support", "")}
    return {name: texts[name] for name in _PLAN if texts.get(name)}


def _reviewed(app: App, typed: dict[str, Any]) -> dict[str, str]:
    part = _cycle(app, typed).get("review", {})
    texts = {**part, **_doing(part)}
    return {k: texts[k] for k in _REVIEW if k in texts} | _views(part)


OPEN = editable("The assessment of a new cycle", _ASSESSMENT)
ASSESS = editable("The assessment of a cycle", _ASSESSMENT, _assessed)
PLAN = editable("The plan of a cycle", _PLAN, _planned)
REVIEW = editable("The review of a cycle", _REVIEW, _reviewed)
