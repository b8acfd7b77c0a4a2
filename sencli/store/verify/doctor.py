"""Check that this computer and folder are fit to keep records."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import TypeAlias

from sencli.errors import SencliError
from sencli.store.change.create import DRIVER
from sencli.store.files import files
from sencli.store.files import folder_location
from sencli.store.files import shell
from sencli.store.files.check_result import CheckResult
from sencli.store.files.diagnosis import FAILS
from sencli.store.files.diagnosis import unseen
from sencli.store.files.poor_disk import OWN_DISK
from sencli.store.git import attributes
from sencli.store.git import partial_clone
from sencli.store.git import process
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.git.address import folder
from sencli.store.git.dangerous_settings import BRING_OTHERS_IN
from sencli.store.git.dangerous_settings import HARMLESS
from sencli.store.git.dangerous_settings import OURS
from sencli.store.git.dangerous_settings import PARTIAL
from sencli.store.git.dangerous_settings import RUN_PROGRAMS
from sencli.store.git.dangerous_settings import SEND_ELSEWHERE
from sencli.store.git.dangerous_settings import among
from sencli.store.git.passwords import masked
from sencli.store.git.settings import GitSettings
from sencli.store.records.find import holds_records
from sencli.store.records.records import places
from sencli.store.records.signers_file import unlisted
from sencli.store.remote import backup
from sencli.store.remote.connection import addresses
from sencli.store.remote.connection import checked
from sencli.store.remote.folder_remote import named_settings
from sencli.store.remote.folder_remote import refuse_dangerous
from sencli.store.remote.redirects import destinations
from sencli.store.remote.redirects import refuse_diverted
from sencli.store.repository import attachments
from sencli.store.repository import print_scratch
from sencli.store.repository.repository import Repository
from sencli.store.trust import signers
from sencli.store.verify import disk_encryption
from sencli.store.verify import folder as premises
from sencli.store.verify import hand_edits
from sencli.store.verify.damage import Damage
from sencli.store.verify.leftovers import leftovers
from sencli.store.verify.leftovers import own_folder_shape
from sencli.store.verify.leftovers import unfinished

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

_Look: TypeAlias = "Callable[[Repository, GitSettings], Iterator[CheckResult]]"
_LITTLE = 200_000_000
_TOO_LITTLE = 20_000_000
_MEGABYTE = 1_000_000
_RISKS = (
    (RUN_PROGRAMS, "name programs"),
    (SEND_ELSEWHERE, "can send the records elsewhere, or read them from elsewhere"),
    (BRING_OTHERS_IN, "bring in those of another file"),
)


def examine(repository: Repository) -> list[CheckResult]:
    """Everything that was looked at, in a fixed order; whatever is wrong, it ends.

    Damage comes first. Where git cannot open the folder, only what needs no git is
    looked at besides.
    """
    root = repository.folder
    hurt = _damage(root)
    if hurt is None or not hurt.usable:
        looks, known = _WITHOUT_GIT, GitSettings(b"")
    else:
        looks, known = _LOOKS, settings.listing(repository.git)
    found = [] if hurt is None else list(hurt.found)
    if hurt is not None and not hurt.whole:
        # what is not committed cannot be told from what is lost
        looks = tuple(look for look in looks if look not in _OF_HISTORY)
    return found + _seen(repository, looks, known)


def closed_to_us(folder: str, fault: SencliError) -> list[CheckResult]:
    """What can be looked at of records that no command can open."""
    first = CheckResult("history", "fault", fault.message, fault.hint)
    if holds_records(folder):
        return [first, *examine(Repository(folder))]
    looks = (_git, _place, _permissions)
    return [first, *_seen(Repository(folder), looks, GitSettings(b""))]


def _seen(
    repository: Repository, looks: tuple[_Look, ...], known: GitSettings
) -> list[CheckResult]:
    """The results of these checks; one that fails says so."""
    found: list[CheckResult] = []
    try:
        for look in looks:
            try:
                found += look(repository, known)
            except FAILS as error:
                name = look.__name__.strip("_").replace("_", " ")
                hint = getattr(error, "hint", "")
                found.append(CheckResult(name, "fault", unseen(error), hint))
    finally:
        with suppress(SencliError, OSError):
            repository.close()
    return found


def _damage(root: str) -> Damage | None:
    """What is wrong with the repository itself; None where git is not there."""
    try:
        process.executable()
        return Damage(root)
    except SencliError:
        return None


def _git(_: Repository, __: GitSettings) -> Iterator[CheckResult]:
    program = process.executable()
    number = ".".join(map(str, process.version(program)))
    yield CheckResult("git", "ok", f"git {number} ({program}).")


def _identity(_: Repository, known: GitSettings) -> Iterator[CheckResult]:
    try:
        name = settings.person(known, "author")
    except SencliError as error:
        message = "git does not know who you are, so nothing can be saved."
        yield CheckResult("identity", "fault", message, error.hint)
    else:
        yield CheckResult("identity", "ok", f"Changes are made by {name}.")


def _signing(repository: Repository, known: GitSettings) -> Iterator[CheckResult]:
    listed = signers.list_in(repository.committed())
    if not sign.wanted(known) and listed is not None:
        message = unlisted(listed, b"").partition(". Type")[0] + "."
        yield CheckResult("signing", "fault", message, "sen init --sign")
        return
    if not sign.wanted(known):
        message = "Changes are not signed: only the name in them says who made them."
        yield CheckResult("signing", "note", message, "sen init --sign")
        return
    try:
        person = settings.person(known, "committer")
        signature = sign.signature(known, b"a trial\n", person)
    except SencliError as error:
        message = error.message.replace("The change", "A change")
        yield CheckResult("signing", "fault", message, error.hint)
        return
    if listed is not None and (word := unlisted(listed, signature)):
        yield CheckResult("signing", "fault", f"{word}.", "sen init --sign")
    else:
        yield CheckResult("signing", "ok", "Changes are signed, and the key works.")


def _remotes(repository: Repository, known: GitSettings) -> Iterator[CheckResult]:
    names = addresses(str(repository.root))
    if not names and not backup.last(repository.folder)[0]:
        message = "There is no copy of the records anywhere else."
        hint = "git remote add origin ADDRESS, then sen sync"
        yield CheckResult("remote", "warning", message, hint)
    for name, address in names.items():
        try:
            checked(known, name)
            notice = refuse_diverted(known, name, str(repository.root))
            there = folder(destinations(known, name)[1].url, str(repository.root))
            if there:
                refuse_dangerous(repository.git, name, there)
        except SencliError as error:
            yield CheckResult("remote", "fault", error.message, error.hint)
            continue
        if notice:
            yield CheckResult("remote", "note", notice)
        if there and (odd := named_settings(repository.git, there)):
            message = (
                f"{there} has settings that name programs or other places: "
                f"{', '.join(map(masked, odd))}. sen follows none of them; git by hand "
                "there does."
            )
            yield CheckResult("remote", "warning", message, "Ask who set them.")
        args = ("--count", f"--remotes={name}")
        ahead = repository.git.ask("rev-list", "HEAD", "--not", *args)
        number = int(ahead)
        if number:
            message = f"{number} changes have not been sent to {name} ({address})."
            yield CheckResult("remote", "warning", message, f"sen sync {name}")
        else:
            yield CheckResult(
                "remote", "ok", f"All changes have been sent to {name} ({address})."
            )


def _history_whole(repository: Repository, known: GitSettings) -> Iterator[CheckResult]:
    """Is all of the history here?"""
    root = str(repository.root)
    if partial_clone.shallow_ends(root):
        message = (
            "The history in this copy does not go back to its beginning (a shallow "
            "clone): who did what before cannot be told."
        )
        yield CheckResult("history", "warning", message, partial_clone.FETCH)
    if any(among(key, PARTIAL) for key in known.own()):
        fault = partial_clone.left_out()
        yield CheckResult("history", "fault", fault.message, fault.hint)
    grafts = os.path.join(root, ".git", "info", "grafts")
    if os.path.lexists(grafts):
        message = (
            "Grafts show git another history than the recorded one; sen shows that."
        )
        yield CheckResult("history", "warning", message, f"Delete the file {grafts}")


def _place(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    root = str(repository.root)
    found = folder_location.location(root)
    if found.odd:
        message = f"The records are {found.odd}: {found.why}."
        yield CheckResult(
            "place", "warning", message, "Move the folder to this computer's own disk."
        )
    elif found.unseen:
        message = f"Not looked at on this system: {found.unseen}."
        yield CheckResult("place", "note", message)
    else:
        yield CheckResult("place", "ok", "The records are on this computer's own disk.")
    free = shutil.disk_usage(root).free
    if free < _LITTLE:
        level = "fault" if free < _TOO_LITTLE else "warning"
        message = f"Only {free // _MEGABYTE} MB are free on this disk."
        yield CheckResult(
            "disk", level, message, "Delete what is not needed elsewhere."
        )


def _permissions(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    if files.WINDOWS:
        message = (
            "Who else on this computer may open the records was not looked at: Windows "
            "keeps that in the folder's properties, under Security."
        )
        yield CheckResult("permissions", "note", message)
        return
    root = str(repository.root)
    found = premises.open_to_others(root)
    if found and (form := folder_location.without_rights(root)):
        message = (
            f"This disk ({form}) keeps no rights: whoever has it in hand can open the "
            "records."
        )
        yield CheckResult("permissions", "fault", message, OWN_DISK)
    elif found:
        message = f"Others on this computer may open {places(found)}."
        yield CheckResult(
            "permissions", "fault", message, "sen doctor --fix", fixable=True
        )
    else:
        message = "Nobody else may open the records."
        if sys.platform == "darwin":
            message += " (Access lists were not looked at.)"
        yield CheckResult("permissions", "ok", message)


def _strangers(repository: Repository, known: GitSettings) -> Iterator[CheckResult]:
    """Programs that git itself would run here; sen runs none of them."""
    hooks = premises.hooks(str(repository.root))
    if hooks:
        message = f"Hooks are installed ({', '.join(hooks)}): git runs them, sen not."
        yield CheckResult("hooks", "warning", message, "Look at them in .git/hooks")
    named = known.own()
    calm = True
    root = str(repository.root)
    for names, what in _RISKS:
        odd = [
            key for key in named if among(key, names) and not _usual(key, known, root)
        ]
        if odd:
            calm = False
            listed = ", ".join(map(masked, odd))
            unset = f"git config --local --unset-all {shell.quoted(masked(odd[0]))}"
            message = f"The folder's own settings {what}: {listed}."
            hint = f"If you did not set them: {unset}"
            yield CheckResult("settings", "warning", message, hint)
    borrowed = os.path.join(root, ".git/objects/info/alternates")
    if os.path.lexists(borrowed):
        calm = False
        message = (
            "Part of the history lies in another folder (objects/info/alternates)."
        )
        hint = (
            "Make it whole: git repack -a -d, then delete .git/objects/info/alternates"
        )
        yield CheckResult("borrowed", "warning", message, hint)
    if not hooks and calm:
        yield CheckResult("hooks", "ok", "No hooks, and no settings that run programs.")


def _attributes(repository: Repository, known: GitSettings) -> Iterator[CheckResult]:
    """Filters that git would send records through, and sencli does not."""
    paths = ["school.yaml", "pupils/p2222.yaml", "documents/p2222/letter.pdf"]
    found = attributes.filters_in_use(repository.git, paths, known)
    if not found:
        return
    odd = ", ".join(dict.fromkeys(f"{name}={value}" for _, name, value in found))
    if attributes.Filters(repository.git).asks():
        message = f"{attributes.FILE} asks for {odd}: sencli saves nothing past it."
        level = "fault"
    else:
        message = (
            f"Attributes outside the records ask for {odd}: git by hand would store "
            "records otherwise than sencli, which stores them as they are."
        )
        level = "warning"
    hint = f"Add as the last line of {attributes.FILE}: {attributes.FREE}"
    inside = os.path.join(str(repository.root), ".git", "info", "attributes")
    if os.path.lexists(inside) and level == "warning":
        hint = "Look at them in .git/info/attributes"
    yield CheckResult("attributes", level, message, hint)


def _usual(key: str, known: GitSettings, root: str) -> bool:
    """Whether a setting is sencli's own, or is looked at by itself."""
    if key == "core.worktree":
        named = os.path.join(root, ".git", known.get(key))
        return os.path.realpath(named) == os.path.realpath(root)
    return key in OURS or among(key, (*PARTIAL, *HARMLESS))


def _merging(repository: Repository, known: GitSettings) -> Iterator[CheckResult]:
    if all(known.get(key) == value for key, value in DRIVER):
        message = "git merges two laptops' changes item by item."
        yield CheckResult("merge driver", "ok", message)
    else:
        message = "git would merge two laptops' changes line by line."
        yield CheckResult(
            "merge driver", "fault", message, "sen doctor --fix", fixable=True
        )
    going = premises.unfinished(str(repository.root))
    if going:
        message = f"A {going} is in progress."
        end = "reset" if going == "bisect" else "--abort"
        hint = f"Finish it, or give it up: git {going} {end}"
        yield CheckResult("merge", "fault", message, hint)


_LOOKS: tuple[_Look, ...] = (
    _git,
    _identity,
    _signing,
    _remotes,
    _history_whole,
    _place,
    disk_encryption.examined,
    _permissions,
    _strangers,
    _attributes,
    _merging,
    unfinished,
    leftovers,
    own_folder_shape,
    print_scratch.examined,
    hand_edits.examined,
    attachments.examined,
)
_WITHOUT_GIT: tuple[_Look, ...] = (
    _git,
    _place,
    _permissions,
    leftovers,
    own_folder_shape,
)
_OF_HISTORY: tuple[_Look, ...] = (hand_edits.examined, attachments.examined)
