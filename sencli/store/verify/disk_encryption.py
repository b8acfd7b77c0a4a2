"""Whether the disk with the records is encrypted, as far as this user can see.

What could not be seen is said to be so: a wrong yes would be believed.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli.store.files import files
from sencli.store.files import programs
from sencli.store.files import shell
from sencli.store.files.check_result import CheckResult

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository

_LINUX = "lsblk (a line of the type crypt stands above the folder of the records)"
_MAC = "System Settings, Privacy & Security, FileVault"
_WINDOWS = (
    'Settings: search "Device encryption" or "Manage BitLocker"; as administrator: '
    "manage-bde -status"
)
# verity and integrity begin like these, and encrypt nothing
_CRYPT = re.compile(r"CRYPT-(LUKS[12]?|PLAIN|BITLK|TCRYPT|LOOPAES|FVAULT2)-")
_FOLDERS = ("ecryptfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.encfs", "fuse.securefs")
_MOUNT = re.compile(r"\S+ \S+ (\S+) \S+ (\S+) .*? - (\S+) (\S+)")
_SYSTEM_VOLUME = "/System/Volumes/Data"
# what Windows' own windows know a drive by
_ON, _OFF, _LOCKED = "1", "2", "6"
_ON_THE_WAY = {
    "3": "is being encrypted",
    "4": "is being decrypted",
    "5": "has its protection suspended, so that whoever finds it can open it",
    "8": "waits for its protection to be switched on",
}


def examined(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    """One result: encrypted, not encrypted, or not to be seen, and how to look."""
    root = os.path.realpath(repository.folder)
    if sys.platform == "win32":
        drive = os.path.splitdrive(root.removeprefix("\\\\?\\"))[0]
        yield of_windows(programs.bitlocker(drive))
    elif sys.platform == "darwin":
        told = programs.answer_of(["/usr/bin/fdesetup", "status"])
        yield of_mac(told, root, own=_on_system_volume(root))
    else:
        yield of_linux(root)


def _yes(how: str) -> CheckResult:
    message = f"The disk with the records is encrypted ({how})."
    return CheckResult("disk encryption", "ok", message)


def _no(why: str, look: str) -> CheckResult:
    message = (
        f"{why}: whoever finds this computer can read the records. Have the disk "
        "encrypted."
    )
    return CheckResult("disk encryption", "warning", message, f"To look: {look}")


def _unseen(why: str, look: str) -> CheckResult:
    message = f"Whether the disk is encrypted could not be seen{why}."
    return CheckResult("disk encryption", "note", message, f"To look: {look}")


def of_windows(protection: str) -> CheckResult:
    """The result for a drive, by the number that Windows shows its picture by."""
    if protection in (_ON, _LOCKED):
        return _yes("BitLocker")
    if protection == _OFF:
        return _no("The disk with the records is not encrypted (BitLocker)", _WINDOWS)
    if protection in _ON_THE_WAY:
        return _no(f"The disk with the records {_ON_THE_WAY[protection]}", _WINDOWS)
    return _unseen("", _WINDOWS)


def of_mac(status: str, root: str, *, own: bool) -> CheckResult:
    """The result by what ``fdesetup status`` says.

    Args:
        status: that.
        root: the folder of the records.
        own: whether it is on the disk of the system, of which alone that speaks.
    """
    if not own:
        look = f"diskutil info {shell.quoted(root)}"
        return _unseen(": the records are on a disk of their own", look)
    lines = status.splitlines()
    if lines == ["FileVault is On."]:
        return _yes("FileVault")
    if "FileVault is On." in lines:  # and something is in progress
        return _no("The disk with the records is not yet encrypted as a whole", _MAC)
    if any(line.startswith("FileVault is Off") for line in lines):
        return _no("The disk with the records is not encrypted (FileVault)", _MAC)
    return _unseen("", _MAC)


def _on_system_volume(root: str) -> bool:
    top = _SYSTEM_VOLUME if os.path.isdir(_SYSTEM_VOLUME) else "/"
    return os.stat(root).st_dev == os.stat(top).st_dev


def of_linux(
    root: str, system: str = "/sys", mounts: str = "/proc/self/mountinfo"
) -> CheckResult:
    """The result by what lies below the folder, down to the disks themselves.

    Args:
        root: the folder of the records.
        system: where Linux shows its devices.
        mounts: where it lists what is mounted.
    """
    number, form, source = _mounted_at(root, mounts)
    if form in _FOLDERS:
        return _yes(form.removeprefix("fuse."))
    if "microsoft" in _text("/proc/sys/kernel/osrelease").casefold():
        return _unseen(" from within Linux on Windows", _WINDOWS)
    seen = _every(map(_encrypted, _devices(number, form, source, system)))
    if seen is None:
        return _unseen("", _LINUX)
    if seen:
        return _yes("LUKS or the like")
    return _no("The disk with the records is not encrypted by Linux", _LINUX)


def _mounted_at(root: str, mounts: str) -> tuple[str, str, str]:
    """The number of the device that holds the folder, its form, and its name."""
    best, found = "", ("", "", "")
    for line in _text(mounts).splitlines():
        if row := _MOUNT.match(line):
            at = row[2].replace("\\040", " ")
            inside = root == at or root.startswith(f"{at.rstrip('/')}/")
            if inside and len(at) >= len(best):
                best, found = at, (row[1], row[3], row[4])
    return found


def _devices(number: str, form: str, source: str, system: str) -> list[str]:
    """The folders of the devices that hold it; one of btrfs may be on several."""
    if not source.startswith("/dev/"):
        return []
    if not number.startswith("0:"):
        return [os.path.realpath(os.path.join(system, "dev", "block", number))]
    name = os.path.basename(os.path.realpath(source))
    names = [name]
    if form == "btrfs":
        sets = os.path.join(system, "fs", "btrfs")
        for each in _names(sets):
            members = _names(os.path.join(sets, each, "devices"))
            names = members if name in members else names
    return [
        os.path.realpath(os.path.join(system, "class", "block", one)) for one in names
    ]


def _encrypted(device: str) -> bool | None:
    """Whether a device is encrypted, or all that it consists of; None if unknown."""
    if not os.path.isdir(device):
        return None
    if _CRYPT.match(_text(os.path.join(device, "dm", "uuid"))):
        return True
    if os.path.exists(os.path.join(device, "loop")):
        return None  # a file on another disk
    if os.path.exists(os.path.join(device, "partition")):
        return _encrypted(os.path.dirname(device))
    below = os.path.join(device, "slaves")
    parts = [os.path.realpath(os.path.join(below, one)) for one in _names(below)]
    return _every(map(_encrypted, parts)) if parts else False


def _every(seen: Iterable[bool | None]) -> bool | None:
    """False if one is, None if one is or there are none, else True."""
    found = [*seen]
    if False in found:
        return False
    return True if found and None not in found else None


def _names(folder: str) -> list[str]:
    with suppress(OSError):
        return sorted(os.listdir(folder))
    return []


def _text(path: str) -> str:
    with suppress(OSError):
        return files.read(path).decode("utf-8", "replace").strip()
    return ""
