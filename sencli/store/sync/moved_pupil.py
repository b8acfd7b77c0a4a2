"""A pupil whose id changed on one computer while another used the old id.

Two laptops gave two children one id, and a third had met only one of them (hazard of
three laptops). What it wrote of that child must not come to stand in another's record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.core.record.types import Record
from sencli.store.records.records import pupil_of
from sencli.store.records.records import pupil_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from sencli.store.records.committed import CommittedRecords
    from sencli.store.records.drafts import Drafts


def moved_to(
    path: str, pasts: Iterable[Record | None], sides: Sequence[CommittedRecords]
) -> tuple[int, str] | None:
    """The side on which the child of a file has another id, and that id.

    Args:
        path: a pupil's file that both sides have.
        pasts: what stood there before.
        sides: the states here and there.
    """
    was = {_who(past) for past in pasts if past is not None}
    now = [_who(side.read(path)) for side in sides]
    if now[0] == now[1] or not was:
        return None
    for number, side in enumerate(sides):
        if now[number] in was:
            continue
        known = {pupil_of(path), *sides[1 - number].pupil_ids()}
        for pupil in sorted(set(side.pupil_ids()) - known):
            if _who(side.read(pupil_path(pupil))) in was:
                return number, pupil
    return None


def follow(
    drafts: Drafts, before: CommittedRecords, after: CommittedRecords
) -> Iterator[str]:
    """Move the drafts of each pupil whose id another computer changed; say so."""
    for pupil in sorted({draft.pupil for draft in drafts.all()} - {""}):
        path = pupil_path(pupil)
        if not (before.tree.find(path) and after.tree.find(path)):
            continue
        if found := moved_to(path, (before.read(path),), (before, after)):
            drafts.move(pupil, found[1])
            who = before.read(path).get("first_name", "")
            yield f"What is typed of {who} and not saved yet is kept for {found[1]}."


def _who(record: Record) -> tuple[object, ...]:
    return record.get("first_name"), record.get("last_name")
