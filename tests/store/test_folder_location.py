"""Where records lie: shares and cloud folders are told before anything is made."""

from __future__ import annotations

import ctypes
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from sencli.store.files import folder_location
from tests.conftest import Typed


def test_network_drives(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "disk / ext4 rw 0 0\n"
        "//srv/share /mnt/school\\040share cifs rw 0 0\n"
        "srv:/x /mnt nfs4 rw 0 0\n",
        "utf-8",
        newline="\n",
    )
    assert folder_location.on_network("/home/a", str(mounts)) == ""
    assert "cifs" in folder_location.on_network("/mnt/school share/oak", str(mounts))
    assert "nfs4" in folder_location.on_network("/mnt/oak", str(mounts))
    assert folder_location.on_network("/mnt/oak", str(tmp_path / "none")) == ""


@pytest.mark.parametrize(
    "name", ["OneDrive - Oak Primary", "Dropbox", "iCloud Drive", "Google Drive"]
)
def test_synced_folders(tmp_path: Path, name: str) -> None:
    assert folder_location.synced(str(tmp_path / name / "oak"), {}) == name
    assert folder_location.synced(str(tmp_path / "oak"), {}) == ""
    (tmp_path / ".stfolder").mkdir()
    assert folder_location.synced(str(tmp_path / "oak"), {}) == "Syncthing"


def test_onedrive_is_known_by_what_windows_says_of_it(tmp_path: Path) -> None:
    """Documents lies inside OneDrive, under whatever name the school gave it."""
    top = tmp_path / "Oak Primary Trust"
    said = {"OneDriveCommercial": str(top)}
    assert folder_location.synced(str(top / "Documents" / "oak"), said) == "OneDrive"
    assert folder_location.synced(str(tmp_path / "oak"), said) == ""
    assert folder_location.synced(f"{top}er", said) == ""


def test_init_in_a_cloud_folder_warns_and_proposes_a_place(sen: Typed) -> None:
    folder = sen.folder / "OneDrive - Oak" / "records"
    said = sen("init", str(folder), "--school", "Oak", "--senco", "J. Patel")
    assert "OneDrive - Oak" in said.err
    line = said.err.partition("A better place: ")[2].splitlines()[0]
    assert "OneDrive" not in line
    sen(line.replace(os.sep, "/"))
    assert (Path.home() / "records" / "school.yaml").exists()


def test_init_elsewhere_does_not_warn(sen: Typed) -> None:
    said = sen("init", "oak", "--school", "Oak", "--senco", "J. Patel")
    assert "Warning" not in said.err


def on_windows(monkeypatch: pytest.MonkeyPatch, kind: int) -> list[str]:
    """Windows, whose every drive is of that kind; the drives that it was asked of."""
    asked: list[str] = []

    def drive_type(drive: str) -> int:
        asked.append(drive)
        return kind

    kernel = SimpleNamespace(GetDriveTypeW=drive_type)
    dll = SimpleNamespace(kernel32=kernel)
    monkeypatch.setattr(ctypes, "windll", dll, raising=False)
    monkeypatch.setattr(folder_location, "sys", SimpleNamespace(platform="win32"))
    return asked


@pytest.mark.parametrize(
    ("kind", "odd", "unseen"),
    [
        (0, "", True),
        (1, "", True),
        (2, "on a removable drive", False),
        (3, "", False),
        (4, "on a network drive", False),
        (6, "", False),
    ],
)
def test_windows_is_asked_for_the_kind_of_drive(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: int,
    odd: str,
    *,
    unseen: bool,
) -> None:
    assert not on_windows(monkeypatch, kind)
    found = folder_location.location(str(tmp_path))
    assert found.odd == odd
    assert bool(found.unseen) == unseen


def test_a_share_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    on_windows(monkeypatch, 3)
    monkeypatch.setattr(folder_location.os.path, "realpath", str)
    for share in (r"\\srv\sen", r"\\?\UNC\srv\sen"):
        assert folder_location.location(share).odd == "on a network share"
    assert folder_location.location(r"\\?\C:\Users\jpatel\sen").odd == ""


MOUNTS = b"""\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//jo@srv/sen on /Volumes/sen (smbfs, nodev, nosuid, mounted by jo)
/dev/disk4s1 on /Volumes/My Stick (exfat, asynchronous, local, noowners)
"""


def on_mac(monkeypatch: pytest.MonkeyPatch, printed: bytes) -> None:
    """A Mac that prints so what is mounted."""

    def run(command: list[str], **_: object) -> SimpleNamespace:
        assert command == ["/sbin/mount"]
        return SimpleNamespace(stdout=printed)

    monkeypatch.setattr(folder_location, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(folder_location.os.path, "realpath", str)
    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize(
    ("folder", "odd"),
    [
        ("/Users/jo/sen", ""),
        ("/Volumes/sen/oak", "on a network drive (smbfs)"),
        ("/Volumes/My Stick/oak", "on a stick or card (exfat)"),
        ("/Users/jo/Library/CloudStorage/OneDrive-Oak/sen", "in a folder that"),
        ("/Users/jo/Library/Mobile Documents/com~apple~CloudDocs/sen", "in a folder"),
        ("/Users/jo/Google Drive/My Drive/sen", "in a folder that"),
    ],
)
def test_a_mac_is_asked_what_is_mounted(
    monkeypatch: pytest.MonkeyPatch, folder: str, odd: str
) -> None:
    on_mac(monkeypatch, MOUNTS)
    found = folder_location.location(folder)
    assert found.odd.startswith(odd)
    assert bool(found.odd) == bool(odd)
    assert not found.unseen


def test_icloud_keeps_documents_where_it_has_a_folder_of_that_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on_mac(monkeypatch, MOUNTS)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    folder = str(tmp_path / "Documents" / "sen")
    assert not folder_location.location(folder).odd
    cloud = tmp_path / "Library/Mobile Documents/com~apple~CloudDocs"
    (cloud / "Documents").mkdir(parents=True)
    assert folder_location.location(folder).odd == "in a folder that iCloud copies"
    assert not folder_location.location(str(tmp_path / "sen")).odd


@pytest.mark.parametrize("printed", [b"", b"nothing that is known\n"])
def test_where_a_mac_does_not_say_it_was_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, printed: bytes
) -> None:
    on_mac(monkeypatch, printed)
    assert folder_location.location("/Users/jo/sen").unseen


def test_where_linux_does_not_say_it_was_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(folder_location, "sys", SimpleNamespace(platform="linux"))
    monkeypatch.setattr(folder_location, "_MOUNTS", str(tmp_path / "none"))
    assert folder_location.location(str(tmp_path)).unseen


@pytest.mark.parametrize("name", ["Box", "Shared drives", "iCloudDrive", "My Drive"])
def test_services_by_the_names_of_their_folders(tmp_path: Path, name: str) -> None:
    assert folder_location.synced(str(tmp_path / name / "oak"), {}) == name
    assert folder_location.synced(str(tmp_path / "Boxes" / "oak"), {}) == ""


def test_what_is_proposed_is_itself_a_good_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the school's server or OneDrive holds the user's own folder."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert folder_location.safer("oak") == str(home / "oak")
    assert folder_location.safer("OneDrive - Oak") == str(home / "sen-records")
    monkeypatch.setenv("OneDrive", str(home))
    assert folder_location.safer("oak") == ""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert folder_location.safer("oak") == str(tmp_path / "Local" / "oak")


def test_init_says_so_where_it_knows_no_better_place(
    sen: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(sen.folder.parent))
    monkeypatch.setenv("USERPROFILE", str(sen.folder.parent))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    said = sen("init", "oak", "--school", "Oak", "--senco", "J. Patel")
    assert "OneDrive copies" in said.err
    assert "Choose a folder on this computer's own disk." in said.err


def test_a_stick_is_told_for_what_it_is(
    sen: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_windows(monkeypatch, 2)
    said = sen("init", "oak", "--school", "Oak", "--senco", "J. Patel")
    assert "on a removable drive: a stick gets lost" in said.err
    assert "sen init" not in said.err
