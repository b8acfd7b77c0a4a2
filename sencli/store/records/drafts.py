"""Drafts: texts typed in an editor and not yet saved, under ``.git/sencli/drafts``.

A draft knows its pupil, its form, the command that began it and the texts that the
record had then, so that it can be taken up after somebody else's change. It goes only
when its content is in the record, or when the user drops it.
"""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import suppress
from typing import Any

from sencli.errors import Ambiguous
from sencli.errors import Busy
from sencli.errors import EnvironmentFault
from sencli.errors import NotFound
from sencli.store.files import files
from sencli.store.files.lock import Lock
from sencli.value import Value

FOLDER = ("sencli", "drafts")
_LIMIT = 10_000_000
_ENDINGS = (".txt", ".yaml")
# a draft's notes and lock, and what editors keep beside it: .NAME.swp, NAME~, #NAME#
_BESIDE = re.compile(r"[.#]*([^.#]+)\.(?:json|open|txt|yaml)[\w.~#-]*")
_OLD = 600.0
_OLD_RECORD = re.compile(r"(p[a-z0-9]{3,})(-2)?")  # what versions before 0.2 kept


class KeptDraft(Value):
    """One draft.

    Attributes:
        path: the file with the text, which an editor opens.
        id: four signs to name it by, or the file's name for a draft of an older
            version.
        pupil: the pupil's id; "" where an older version did not note it.
        form: the name of the form, such as ``A concern``.
        command: the words that were typed after ``sen``.
        since: when it was begun, ``2026-11-30 10:12``.
        base: what the record had when the text was begun.
        begun: the text as the editor first showed it; ``None`` where not known.
    """

    path: str
    id: str
    pupil: str
    form: str
    command: tuple[str, ...]
    since: str
    base: Any
    begun: str | None

    def text(self) -> str:
        """The text as last saved by the editor.

        Raises:
            NotFound: the file is gone.
            UnicodeDecodeError: it is not UTF-8.
        """
        try:
            data = files.read(self.path, _LIMIT)
        except FileNotFoundError:
            raise NotFound(f"The draft is gone: {self.path}") from None
        except OSError as error:
            raise EnvironmentFault(
                f"{self.path} cannot be read: {error.strerror}."
            ) from error
        return data.decode("utf-8-sig").replace("\r\n", "\n")

    def write(self, text: str) -> None:
        """Put the text in the draft's file, readable by its owner alone."""
        files.overwrite(self.path, text.encode())

    def settle(self) -> None:
        """Owner alone again, also where the editor wrote a new file."""
        with suppress(OSError):
            files.make_private(self.path, 0o600)

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed in it."""
        try:
            return self.begun is not None and self.text() == self.begun
        except (NotFound, UnicodeDecodeError):
            return False

    @property
    def in_use(self) -> bool:
        """Whether another window has it in an editor now."""
        try:
            with self.held():
                return False
        except Busy:
            return True

    def held(self) -> Lock:
        """The lock that a window holds while its editor is open."""
        return Lock(f"{_stem(self.path)}.open", wait=0)

    def drop(self) -> None:
        """Delete the draft, and leftovers of a killed editor."""
        files.delete(self.path, missing_ok=True)
        _clear(os.path.dirname(self.path), os.path.basename(_stem(self.path)))


class Drafts:
    """The drafts of one repository.

    Args:
        git_folder: the repository's git folder.
    """

    def __init__(self, git_folder: str) -> None:
        self.folder = os.path.join(git_folder, *FOLDER)

    def all(self) -> list[KeptDraft]:
        """Every draft, oldest first."""
        try:
            names = sorted(os.listdir(self.folder))
        except FileNotFoundError:
            return []
        found = [
            self._read(os.path.join(self.folder, name))
            for name in names
            if name.endswith(_ENDINGS)
        ]
        return sorted(found, key=lambda draft: (draft.since, draft.path))

    def of(self, pupil: str, form: str) -> list[KeptDraft]:
        """One form's drafts for one pupil, oldest first, but those open in a window."""
        return [
            draft
            for draft in self.all()
            if (draft.pupil, draft.form) == (pupil, form) and not draft.in_use
        ]

    def named(self, typed: str) -> KeptDraft:
        """The draft with this id, or this number of the list.

        Raises:
            NotFound: there is none.
            Ambiguous: an older version's drafts share the name.
        """
        every = self.all()
        fits = [draft for draft in every if draft.id == typed.strip().casefold()]
        if not fits and typed.isdecimal() and 0 < int(typed) <= len(every):
            fits = [every[int(typed) - 1]]
        if not fits:
            raise NotFound(f"There is no draft {typed!r}.", "See them: sen draft list")
        if len(fits) > 1:
            raise Ambiguous(f"Several drafts are called {typed!r}.", "sen draft list")
        return fits[0]

    def begin(
        self, new_id: str, ending: str, about: dict[str, Any], text: str
    ) -> KeptDraft:
        """A new draft on the disk.

        Args:
            new_id: four signs.
            ending: ``.txt`` or ``.yaml``.
            about: ``pupil``, ``form``, ``command``, ``since`` and ``base``.
            text: what the editor is to show.
        """
        files.make_folder(self.folder)
        self._clear_orphans()
        slug = re.sub(r"[^a-z]+", "-", about["form"].casefold()).strip("-")[:40]
        path = os.path.join(self.folder, f"{about['pupil']}-{slug}-{new_id}{ending}")
        noted = {**about, "id": new_id, "begun": text}
        data = json.dumps(noted, ensure_ascii=False, indent=1).encode()
        files.overwrite(f"{_stem(path)}.json", data)
        draft = self._read(path)
        draft.write(text)
        return draft

    def _clear_orphans(self) -> None:
        """What is left of drafts that are gone: killed as one was begun or dropped."""
        stems = {os.path.basename(_stem(draft.path)) for draft in self.all()}
        old = time.time() - _OLD
        for name in os.listdir(self.folder):
            found = _BESIDE.fullmatch(name)
            path = os.path.join(self.folder, name)
            with suppress(OSError):
                if found and found[1] not in stems and os.lstat(path).st_mtime < old:
                    files.delete(path)

    def move(self, old: str, new: str) -> None:
        """Give each draft of a pupil the id that the pupil has now."""
        line = re.compile(rf"(?m)^id: {old}$")
        for draft in self.all():
            if draft.pupil != old or draft.in_use:
                continue
            about = {
                "pupil": new,
                "form": draft.form,
                "command": [new if word == old else word for word in draft.command],
                "since": draft.since,
                "base": draft.base,
            }
            if isinstance(draft.base, dict) and draft.base.get("id") == old:
                about["base"] = {**draft.base, "id": new}
            ending = draft.path[len(_stem(draft.path)) :]
            begun = line.sub(f"id: {new}", draft.begun or "")
            text = line.sub(f"id: {new}", draft.text())
            self.begin(draft.id, ending, about, begun).write(text)
            draft.drop()

    def _read(self, path: str) -> KeptDraft:
        stem = os.path.basename(_stem(path))
        try:
            noted = json.loads(files.read(f"{_stem(path)}.json", _LIMIT))
            return KeptDraft(
                path=path,
                id=str(noted["id"]),
                pupil=str(noted["pupil"]),
                form=str(noted["form"]),
                command=tuple(map(str, noted["command"])),
                since=str(noted["since"]),
                base=noted["base"],
                begun=str(noted["begun"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            old = _OLD_RECORD.fullmatch(stem) if path.endswith(".yaml") else None
            form = "The whole record" if old else stem.replace("-", " ")
            pupil = old[1] if old else ""
            return KeptDraft(path, stem, pupil, form, (), "", None, None)


def _clear(folder: str, stem: str) -> None:
    """Delete all that is named after a draft."""
    for name in os.listdir(folder):
        found = _BESIDE.fullmatch(name)
        if found and found[1] == stem:
            files.delete(os.path.join(folder, name), missing_ok=True)


def _stem(path: str) -> str:
    return path.rpartition(".")[0]
