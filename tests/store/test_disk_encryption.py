"""Whether the disk is encrypted: never a wrong yes, and how to look where unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from sencli.store.files import programs
from sencli.store.verify import disk_encryption as disk
from tests.cases import each_case
from tests.systems import LIKE_WINDOWS
from tests.systems import posix

LUKS = "CRYPT-LUKS2-0123-root"


def _machine(folder: Path, devices: dict[str, object]) -> str:
    """A /sys with block devices: of each its dm uuid, or what it consists of."""
    for number, (name, kind) in enumerate(devices.items()):
        at = folder / "class" / "block" / name
        at.mkdir(parents=True)
        (folder / "dev" / "block").mkdir(parents=True, exist_ok=True)
        (folder / "dev" / "block" / f"8:{number}").symlink_to(at)
        if isinstance(kind, str):
            (at / "dm").mkdir()
            (at / "dm" / "uuid").write_text(f"{kind}\n", "utf-8", newline="\n")
        else:
            (at / "slaves").mkdir()
            for below in kind if isinstance(kind, list) else []:
                (at / "slaves" / below).symlink_to(at.parent / below)
    return str(folder)


@posix("colons in names")
@pytest.mark.parametrize(
    ("devices", "mount", "level"),
    [
        ({"vda": []}, "8:0 / / rw - ext4 /dev/vda rw", "warning"),
        ({"dm-0": LUKS}, "8:0 / / rw - ext4 /dev/mapper/root rw", "ok"),
        ({"dm-1": ["dm-0"], "dm-0": LUKS}, "8:0 / / rw - ext4 /dev/dm-1 rw", "ok"),
        # a volume that is on two disks, one of them open
        (
            {"dm-1": ["dm-0", "sda"], "dm-0": LUKS, "sda": []},
            "8:0 / / rw - ext4 /dev/dm-1 rw",
            "warning",
        ),
        # checksums are no encryption
        ({"dm-0": "CRYPT-VERITY-1-root"}, "8:0 / / rw - ext4 /dev/dm-0 rw", "warning"),
        ({"dm-0": "LVM-abc"}, "8:0 / / rw - ext4 /dev/dm-0 rw", "warning"),
        ({"vda": []}, "0:31 / / rw - overlay overlay rw", "note"),
        ({"vda": []}, "0:31 / / rw - zfs pool/home rw", "note"),
        ({"vda": []}, "8:9 / / rw - ext4 /dev/root rw", "note"),
        ({"dm-0": LUKS}, "0:31 / / rw - btrfs /dev/dm-0 rw", "ok"),
        ({"vda": []}, "0:31 / /home rw shared:1 - fuse.gocryptfs /x rw", "ok"),
        # the nearest counts, and not one that only begins alike
        (
            {"dm-0": LUKS, "sda": []},
            "8:0 / / rw - ext4 /dev/dm-0 rw\n1 1 8:1 / /home rw - ext4 /dev/sda rw",
            "warning",
        ),
        (
            {"dm-0": LUKS, "sda": []},
            "8:0 / / rw - ext4 /dev/dm-0 rw\n1 1 8:1 / /ho rw - ext4 /dev/sda rw",
            "ok",
        ),
    ],
)
def test_linux(
    tmp_path: Path, devices: dict[str, object], mount: str, level: str
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 1 {mount}\n", "utf-8", newline="\n")
    system = _machine(tmp_path / "sys", devices)
    found = disk.of_linux("/home/jo/oak", system, str(mounts))
    assert found.level == level, found
    assert (level == "ok") == (" is encrypted (" in found.message)
    assert (level == "ok") != ("To look: " in found.mend)


@each_case(
    ("status", "own", "level"),
    [
        ("FileVault is On.", True, "ok"),
        ("FileVault is Off.", True, "warning"),
        ("FileVault is Off, but will be enabled after the next restart.", 1, "warning"),
        ("FileVault is On.\nEncryption in progress: Percent = 12", True, "warning"),
        ("FileVault is On.\nDecryption in progress: Percent = 12", True, "warning"),
        ("FileVault is On.", False, "note"),
        ("", True, "note"),
        ("Error: this is not available.", True, "note"),
    ],
)
def test_mac(status: str, level: str, *, own: bool) -> None:
    found = disk.of_mac(status, "/Volumes/My disk/oak", own=own)
    assert found.level == level
    assert own or "diskutil info '/Volumes/My disk/oak'" in found.mend or LIKE_WINDOWS


@each_case(
    ("number", "level"),
    [
        *((number, "ok") for number in "16"),
        *((number, "warning") for number in "23458"),
        *((number, "note") for number in ("", "0", "7", "On", "11")),
    ],
)
def test_windows(number: str, level: str) -> None:
    found = disk.of_windows(number)
    assert (found.level, "BitLocker" in found.message + found.mend) == (level, True)


def test_a_share_is_not_asked_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "find_program", lambda name: f"/bin/{name}")
    monkeypatch.setattr(programs, "answer_of", " ".join)
    assert "NameSpace('C:')" in programs.bitlocker("C:")
    for odd in ("\\\\server\\share", "C:'); calc; ('", ""):
        assert programs.bitlocker(odd) == ""
