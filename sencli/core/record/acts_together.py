"""One change of several pupils' records, made of a change of each."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record.act import Act


def together(acts: Sequence[Act], subject: str) -> Act:
    """The same change of several pupils' records as one; each is said.

    Args:
        acts: for each pupil or occasion, each with all of its records by path.
        subject: the commit's.
    """
    pupils = (
        one
        for act in acts
        for one in (act.ids.get("pupil"), *act.ids.get("pupils", ()))
        if one
    )
    return Act(
        {},
        "\n".join(act.said for act in acts if act.said),
        {"pupils": list(dict.fromkeys(pupils))},
        tuple(dict.fromkeys(warning for act in acts for warning in act.warnings)),
        tuple(dict.fromkeys(one for act in acts for one in act.trailers)),
        {path: record for act in acts for path, record in act.records.items()},
        acts[0].action,
        subject,
    )
