"""Sessions of several days, logged as one change."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sencli.core.record.acts_together import together
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.core.record.act import Act
    from sencli.store.records.draft import Draft


def each_of(logs: Iterable[Callable[[Draft], Act]]) -> Callable[[Draft], Act]:
    """The work of several, one after another in the same draft, as one change."""

    def work(draft: Draft) -> Act:
        acts = []
        for log in logs:
            act = log(draft)
            for path, record in act.records.items():
                draft.put(path, record)
            acts.append(act)
        kept = {k: v for k, v in acts[0].ids.items() if k == "group"}
        act = together(acts, acts[0].subject)
        return replace(act, ids={**kept, **act.ids})

    return work
