"""Where a folder is: a local disk, a share, a stick or a cloud folder.

What cannot be looked at on a system is said to be so, never called well.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from sencli.store.files import files
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_NETWORK = re.compile(
    r"nfs[0-9]?|cifs|smb[0-9a-z]*|afs|afpfs|9p|vboxsf|webdav|davfs[0-9]?|"
    r"fuse\.(sshfs|rclone|gvfsd-fuse|s3fs)|prl_fs|vmhgfs"
)
_NO_RIGHTS = re.compile(r"v?fat|msdos|exfat|fuse\.exfat")
_MOUNTS = "/proc/self/mounts"
_SYNCED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "shared drives",
    "icloud",
    "mobile documents",
    "cloudstorage",
    "nextcloud",
    "owncloud",
    "box sync",
    "pcloud",
    "sharepoint",
)
_SYNC_MARKS = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".sync", "Resilio Sync"),
    (".nextcloudsync.log", "Nextcloud"),
    (".tmp.driveupload", "Google Drive"),
)
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTED = re.compile(r".+? on (/.*) \((\w+)")
_BOX = "box"  # Box Drive's own folder, by no more than this
_UNSEEN = "whether the disk is a share or a stick"
_COPIED = "two computers could write at once, and half-copied files look like damage"
_CARRIED = "a stick gets lost, and keeps no rights of users"
# what Windows' GetDriveTypeW answers
_REMOVABLE, _FIXED, _REMOTE, _RAM = 2, 3, 4, 6


class Location(Value):
    """The disk that a folder is on.

    Attributes:
        odd: what is wrong with it, as ``on a network drive (cifs)``, or "".
        why: what comes of that.
        unseen: what could not be looked at here, or "".
    """

    odd: str = ""
    why: str = _COPIED
    unseen: str = ""


def location(root: str) -> Location:
    """Look at the folder, or at where it is to be made."""
    root = os.path.realpath(root)
    if cloud := synced(root, os.environ):
        return Location(odd=f"in a folder that {cloud} copies")
    if sys.platform == "win32":
        return _windows(root)
    if sys.platform == "darwin":
        return _mac(root)
    table = _mounted(_MOUNTS)
    return (
        Location(odd=_network_words(root, table)) if table else Location(unseen=_UNSEEN)
    )


def safer(name: str) -> str:
    """A folder to propose instead, of the user's own on this disk; "" for none known.

    A school's server may hold even the user's own folder; what is local stays.
    """
    homes = (os.path.expanduser("~"), os.environ.get("LOCALAPPDATA", ""))
    paths = (
        os.path.join(home, name)
        for name in (name, "sen-records")
        for home in homes
        if home and name
    )
    return next((path for path in paths if not location(path).odd), "")


def synced(root: str, environment: Mapping[str, str]) -> str:
    """Which service copies the folder elsewhere behind the user's back, or ""."""
    for name in _ONEDRIVE:
        if (top := environment.get(name)) and _inside(root, os.path.realpath(top)):
            return "OneDrive"
    at = root
    while True:
        name = os.path.basename(at)
        short = name.casefold()
        if short.startswith(_SYNCED) or short == _BOX:
            return name
        for mark, service in _SYNC_MARKS:
            if os.path.lexists(os.path.join(at, mark)):
                return service
        above = os.path.dirname(at)
        if above == at:
            return _mac_desktop(root)
        at = above


def _mac_desktop(root: str) -> str:
    """ICloud keeps Desktop and Documents where it has folders by those names."""
    if sys.platform != "darwin":
        return ""
    home = os.path.expanduser("~")
    cloud = os.path.join(home, "Library", "Mobile Documents", "com~apple~CloudDocs")
    for name in ("Desktop", "Documents"):
        copied = os.path.lexists(os.path.join(cloud, name))
        if copied and _inside(root, os.path.join(home, name)):
            return "iCloud"
    return ""


def _inside(path: str, top: str) -> bool:
    path, top = os.path.normcase(path), os.path.normcase(top).rstrip("/\\")
    return path == top or path.startswith((f"{top}/", f"{top}\\"))


def on_network(root: str, mounts: str = _MOUNTS) -> str:
    """The fault of the disk that `root` is on, or ""."""
    return _network_words(root, _mounted(mounts))


def without_rights(root: str, mounts: str = _MOUNTS) -> str:
    """The form of a disk that keeps no rights of users (a memory stick), or ""."""
    form = _form(root, _mounted(mounts))
    return form if _NO_RIGHTS.fullmatch(form) else ""


def _mounted(mounts: str) -> list[tuple[str, str]]:
    """Each folder that a disk begins at, with the form of the disk."""
    try:
        text = files.read(mounts).decode("utf-8", "replace")
    except OSError:
        return []
    rows = map(str.split, text.split("\n"))
    return [
        (_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), row[1]), row[2])
        for row in rows
        if row[2:]
    ]


def _form(root: str, table: list[tuple[str, str]]) -> str:
    best, form = "", ""
    for at, found in table:
        if _inside(root, at) and len(at) >= len(best):
            best, form = at, found
    return form


def _network_words(root: str, table: list[tuple[str, str]]) -> str:
    form = _form(root, table)
    return f"on a network drive ({form})" if _NETWORK.fullmatch(form) else ""


def _mac(root: str) -> Location:
    import subprocess

    try:
        done = subprocess.run(
            ["/sbin/mount"], capture_output=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return Location(unseen=_UNSEEN)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    table = [(m[1], m[2]) for m in map(_MOUNTED.match, lines) if m]
    form = _form(root, table)
    if _NO_RIGHTS.fullmatch(form):
        return Location(odd=f"on a stick or card ({form})", why=_CARRIED)
    return (
        Location(odd=_network_words(root, table)) if form else Location(unseen=_UNSEEN)
    )


def _windows(root: str) -> Location:
    if sys.platform != "win32":
        return Location()
    # a long path is written so, and is none of a share
    plain = root.removeprefix("\\\\?\\")
    if plain.startswith(("\\\\", "UNC\\")):
        return Location(odd="on a network share")
    import ctypes

    drive = os.path.splitdrive(plain)[0] + "\\"
    try:
        kind = ctypes.windll.kernel32.GetDriveTypeW(drive)
    except (AttributeError, OSError):
        kind = 0
    if kind == _REMOTE:
        return Location(odd="on a network drive")
    if kind == _REMOVABLE:
        return Location(odd="on a removable drive", why=_CARRIED)
    return Location() if kind in (_FIXED, _RAM) else Location(unseen=_UNSEEN)
