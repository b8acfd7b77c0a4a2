"""One module opens, moves and deletes files: what differs by system stands in it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import sencli
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.files import files
from sencli.store.files.temporary import temporary
from tests.systems import is_private

PACKAGE = Path(sencli.__file__).parent
# what Windows or macOS does otherwise, and so stands in store/files/files.py alone
BARE = re.compile(
    r"\bos\.(?:open|unlink|remove|rmdir|rename|renames|replace|chmod|fchmod|fsync|"
    r"link|symlink|truncate|utime|O_[A-Z]+)\b|shutil\.(?:rmtree|move|copy\w*)\b|"
    r"NamedTemporaryFile|mkstemp|\.unlink\(|\.rmdir\(|\.chmod\(|\bfcntl\.|\bmsvcrt\."
)
ALLOWED = {
    "store/files/files.py": "it is the one",
    "store/files/lock.py": "takes the system's lock on a file that files.py opened",
    "__main__.py": "gives standard streams an end before anything is imported",
}


def test_nobody_else_touches_files() -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{number}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in ALLOWED
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if BARE.search(line.partition("#")[0])
    ]
    assert found == []


def test_a_tree_with_read_only_files_goes(tmp_path: Path) -> None:
    inner = tmp_path / "tree" / "objects"
    inner.mkdir(parents=True)
    (inner / "one").write_text("x", "utf-8", newline="\n")
    (inner / "one").chmod(0o400)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x", "utf-8", newline="\n")
    (tmp_path / "tree" / "link").symlink_to(outside, target_is_directory=True)
    files.delete_tree(str(tmp_path / "tree"))
    assert not (tmp_path / "tree").exists()
    assert (outside / "kept").exists()
    files.delete_tree(str(tmp_path / "tree"))  # not there: nothing to do


def test_a_tree_that_is_a_link_goes_alone(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "kept").write_text("x", "utf-8", newline="\n")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    files.delete_tree(str(tmp_path / "link"))
    assert (tmp_path / "real" / "kept").exists()
    assert not (tmp_path / "link").is_symlink()


def test_a_tree_that_cannot_go_is_told_and_goes_as_far_as_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / "tree" / name).mkdir(parents=True)
        (tmp_path / "tree" / name / "file").write_text("x", "utf-8", newline="\n")
    real = os.unlink

    def unlink(path: str) -> None:
        if str(Path("b", "file")) in path:
            raise OSError(5, "Input/output error", path)
        real(path)

    monkeypatch.setattr(os, "unlink", unlink)
    with pytest.raises(OSError, match="Input/output"):
        files.delete_tree(str(tmp_path / "tree"))
    left = [p.name for p in (tmp_path / "tree").rglob("*")]
    assert sorted(left) == ["b", "file"]


def test_a_temporary_file_is_closed_private_and_goes() -> None:
    with temporary(b"one\ntwo\r\n") as name:
        path = Path(name)
        assert path.read_bytes() == b"one\ntwo\r\n"
        assert is_private(path)
        if (opened := Path("/proc/self/fd")).is_dir():
            links = [os.path.realpath(fd) for fd in opened.iterdir()]
            assert str(path) not in links
    assert not path.exists()


def test_a_lock_file_and_a_new_file(tmp_path: Path) -> None:
    place = str(tmp_path / "new")
    fd = files.open_new(place)
    files.put(fd, b"\r\n\x1a\n")
    assert files.head(place, 9) == b"\r\n\x1a\n"
    with pytest.raises(FileExistsError):
        files.open_new(place)
    os.close(files.open_lock(place))
    assert files.read(place) == b"\r\n\x1a\n"


def test_a_file_that_another_program_wrote_is_settled(tmp_path: Path) -> None:
    place = tmp_path / "object"
    place.write_bytes(b"x")
    place.chmod(0o400)
    files.settle_file(str(place))
    assert place.read_bytes() == b"x"


def test_no_link_is_read_where_folders_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: a link or junction in the way may lead out of the records."""
    monkeypatch.setattr(os, "supports_dir_fd", set())
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "p7k2q.yaml").write_text("x", "utf-8", newline="\n")
    root = tmp_path / "oak"
    (root / "real").mkdir(parents=True)
    (root / "real" / "p7k2q.yaml").symlink_to(outside / "p7k2q.yaml")
    (root / "pupils").symlink_to(outside, target_is_directory=True)
    (root / "real" / "plain.yaml").write_text("y", "utf-8", newline="\n")
    for path in ("pupils/p7k2q.yaml", "real/p7k2q.yaml"):
        with pytest.raises(InvalidValue, match="is a link"):
            files.record(str(root), path)
    assert files.record(str(root), "real/plain.yaml") == b"y"
    with pytest.raises(NotFound):
        files.record(str(root), "real/none.yaml")


def test_a_temporary_file_of_a_killed_command_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    for name in ("sencli-abcd1234", "sencli-abcd1235", "sencli-of-others"):
        (place / name).write_bytes(b"old")
        os.utime(place / name, (1, 1))
    (place / "sencli-abcd1236").write_bytes(b"at work")
    with temporary(b"new"):
        pass
    left = sorted(path.name for path in place.iterdir())
    assert left == ["sencli-abcd1236", "sencli-of-others"]
