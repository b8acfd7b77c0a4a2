"""All that is held about a pupil, gathered from every place, and who is who in it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.handover import material
from sencli.errors import SencliError
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.core.handover.material import Passage
    from sencli.core.papers.third_people import Scene
    from sencli.core.record.find import PupilName
    from sencli.core.record.types import Record


def all_held(app: App, record: Record, request: Record) -> tuple[Scene, list[Passage]]:
    """All that is held, and who is who in it."""
    from sencli.cli.safety.history import events_of
    from sencli.core.papers.third_people import Scene
    from sencli.resources import load_schema
    from sencli.store.erasure.named_elsewhere import named_elsewhere
    from sencli.store.history.versions import Version
    from sencli.store.records.records import pupil_path
    from sencli.store.repository.pupil_names import pupil_names
    from sencli.store.text.schema import fits

    path = pupil_path(str(record["id"]))
    versions = app.repo.history(path)
    now = Version("", app.today, "", "", "", path, None, record, "")
    pupils = pupil_names(app.repo)
    found = named_elsewhere(app.repo, str(record["id"]), app.drafts.all())
    passages = [
        *material.of_record(events_of(app, [now])[0]),
        *material.of_documents(record, dict(_plain_texts(app, record))),
        *_with_names(found, pupils),
        *material.of_history(events_of(app, versions)),
    ]
    earlier = [v.new for v in versions if v.new is not None and fits(v.new, "pupil")]
    staff = [(str(s["initials"]), str(s["name"])) for s in app.school.get("staff", ())]
    scene = Scene(
        record=record,
        versions=tuple(earlier),
        asker=str(request["by"]),
        pupils=tuple(pupils),
        staff=tuple(staff),
        day=app.today,
        root=load_schema("pupil"),
        vocabulary=tuple(_vocabulary(app)),
    )
    return scene, passages


def _plain_texts(app: App, record: Record) -> Iterator[tuple[str, str]]:
    """What the documents say that are plain text, by their ids."""
    for entry in record.get("documents", ()):
        try:
            data = app.repo.read_bytes(f"documents/{record['id']}/{entry['file']}")
            text = data.decode("utf-8-sig")
        except (SencliError, UnicodeDecodeError):
            continue
        if "\0" not in text and not text.startswith("%PDF"):
            yield str(entry["id"]), text


def _with_names(
    found: Sequence[Passage], pupils: Sequence[PupilName]
) -> Iterator[Passage]:
    """The passages, with whose record each stands in, for the reviewer."""
    from sencli.store.records.records import pupil_of

    names = {pupil.id: pupil.shown for pupil in pupils}
    for passage in found:
        path, _, rest = passage.private.partition(" ")
        which = pupil_of(path) or path.partition("/")[2].partition("/")[0]
        whose = names.get(which, path)
        yield replace(passage, private=f"{whose} {rest}".strip())


def _vocabulary(app: App) -> Iterator[str]:
    """Words of the school's own that are no names of people: provisions, groups."""
    from sencli import terms
    from sencli.core.people.context import GROUPS
    from sencli.core.people.context import PROVISIONS

    books: list[Any] = [app.school.get("name"), app.school.get("authority_name")]
    for path, key in (
        (PROVISIONS, "provisions"),
        (PROVISIONS, "scales"),
        (GROUPS, "groups"),
    ):
        books += [entry.get("name") for entry in app.repo.read(path).get(key, ())]
    books += [words_of[0] for words_of in terms.NEED_TYPES.values()]
    for text in books:
        yield from str(text or "").split()
