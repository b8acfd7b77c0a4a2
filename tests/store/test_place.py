"""Where records lie: shares and cloud folders are told before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from sencli.store import place
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
    assert place.on_network("/home/a", str(mounts)) == ""
    assert "cifs" in place.on_network("/mnt/school share/oak", str(mounts))
    assert "nfs4" in place.on_network("/mnt/oak", str(mounts))
    assert place.on_network("/mnt/oak", str(tmp_path / "none")) == ""


@pytest.mark.parametrize(
    "name", ["OneDrive - Oak Primary", "Dropbox", "iCloud Drive", "Google Drive"]
)
def test_synced_folders(tmp_path: Path, name: str) -> None:
    assert place.synced(str(tmp_path / name / "oak"), {}) == name
    assert place.synced(str(tmp_path / "oak"), {}) == ""
    (tmp_path / ".stfolder").mkdir()
    assert place.synced(str(tmp_path / "oak"), {}) == "Syncthing"


def test_onedrive_is_known_by_what_windows_says_of_it(tmp_path: Path) -> None:
    """Documents lies inside OneDrive, under whatever name the school gave it."""
    top = tmp_path / "Oak Primary Trust"
    said = {"OneDriveCommercial": str(top)}
    assert place.synced(str(top / "Documents" / "oak"), said) == "OneDrive"
    assert place.synced(str(tmp_path / "oak"), said) == ""
    assert place.synced(f"{top}er", said) == ""


def test_init_in_a_cloud_folder_warns_and_proposes_a_place(sen: Typed) -> None:
    folder = sen.folder / "OneDrive - Oak" / "records"
    said = sen("init", str(folder), "--school", "Oak", "--senco", "J. Patel")
    assert "OneDrive - Oak" in said.err
    better = said.err.partition("A better place: sen init ")[2].split()[0]
    assert better.endswith("/records")
    assert "OneDrive" not in better
    sen("init", better, "--school", "Oak", "--senco", "J. Patel")


def test_init_elsewhere_does_not_warn(sen: Typed) -> None:
    said = sen("init", "oak", "--school", "Oak", "--senco", "J. Patel")
    assert "Warning" not in said.err
