"""The scale of an outcome with its name in a parent's words."""

from __future__ import annotations

from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import scale_of
from sencli.core.record.types import Entry
from sencli.core.text.folding import fold
from sencli.documents.made_in.paper_context import PaperContext
from sencli.value import replace


def family_scale(outcome: Entry, setting: PaperContext) -> Scale:
    """The outcome's scale; what the outcome itself says is counted stays as it is.

    The wording has names for scales by their keys (``scales.standard-score``); any
    other name begins small, since it stands within a sentence.
    """
    scale = scale_of(outcome, setting.scales)
    entry = next((s for s in setting.scales if s["key"] == scale.key), {})
    own = {fold(str(entry.get(key, ""))) for key in ("key", "name", "unit")}
    if not scale.key or fold(scale.measure) not in {*own, scale.key}:
        return scale
    said = setting.words.find(f"scales.{scale.key}") or _small(scale.measure)
    return replace(scale, measure=said)


def _small(name: str) -> str:
    """The name as it stands within a sentence; SDQ keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
