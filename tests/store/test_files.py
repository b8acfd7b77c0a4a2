"""One module opens, moves and deletes files: what differs by system stands in it."""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path

import pytest

import sencli
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.files import files
from sencli.store.files.temporary import temporary
from tests.cases import each_case
from tests.systems import is_private
from tests.systems import link

PACKAGE = Path(sencli.__file__).parent
# what Windows or macOS does otherwise, and so stands in store/files/files.py alone
BARE = {
    "os": r"open|unlink|remove\w*|rmdir|rename\w*|replace|mkdir|makedirs|mkfifo|"
    r"l?chmod|l?chown|fch\w+|fsync|fdatasync|sync|(?:sym)?link|f?truncate|utime|O_[A-Z]+",
    "shutil": r"rmtree|move|copy\w*|chown|unpack_archive",
    "tempfile": r"(?!gettempdir)\w+",
    "fcntl": r"\w+",
    "msvcrt": r"\w+",
    "io": r"open\w*|FileIO",
}
OF_PATHS = {"unlink", "rmdir", "chmod", "lchmod", "mkdir", "touch", "rename"}
OF_PATHS |= {"write_text", "write_bytes", "symlink_to", "hardlink_to"}
ALLOWED = {
    "store/files/files.py": "it is the one",
    "store/files/lock.py": "takes the system's lock on a file that files.py opened",
    "__main__.py": "gives standard streams an end before anything is imported",
}
EMPTY = "formats/typst/compiler.py: tempfile.TemporaryDirectory"
"""Gone before it is used: Typst wants to hear of a folder."""


def bare(source: str) -> list[str]:
    """What opens, changes or deletes a file by the system's own calls."""
    tree = ast.parse(source)
    modules: dict[str, str] = {}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                modules[name.asname or name.name] = name.name
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            found += [
                f"{module}.{n.name}" for n in node.names if _is_bare(module, n.name)
            ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = modules.get(node.value.id, "")
            if _is_bare(module, node.attr):
                found.append(f"{module}.{node.attr}")
        elif isinstance(node, ast.Call):
            found += _called(node, modules)
    return found


def _is_bare(module: str, name: str) -> bool:
    return module in BARE and re.fullmatch(BARE[module], name) is not None


def _called(call: ast.Call, modules: dict[str, str]) -> list[str]:
    function = call.func
    words = [a.value for a in call.args if isinstance(a, ast.Constant)]
    if isinstance(function, ast.Name) and function.id == "getattr":
        module = modules.get(ast.unparse(call.args[0]), "")
        return [f"{module}.{w}" for w in words if _is_bare(module, str(w))]
    if isinstance(function, ast.Name):
        return ["open()"] if function.id == "open" else []
    if not isinstance(function, ast.Attribute):
        return []
    modes = [str(w) for w in (*words, *(ast.unparse(k) for k in call.keywords))]
    opens = function.attr == "open" and any(
        re.fullmatch("[rwaxbt+]{1,3}|mode=.*|encoding=.*", mode) for mode in modes
    )
    if function.attr in OF_PATHS or opens:
        return [f".{function.attr}()"]
    return []


def test_nobody_else_touches_files() -> None:
    found = [
        f"{place}: {call}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if (place := path.relative_to(PACKAGE).as_posix()) not in ALLOWED
        for call in bare(path.read_text("utf-8"))
    ]
    assert found == [EMPTY]


@each_case(
    "line",
    [
        "import os\nos.open(path, 0)",
        "import os\nos.unlink(path)",
        "import os as system\nsystem.remove(path)",
        "from os import unlink as gone",
        "import os\nflags = os.O_RDONLY",
        "import os\nflags = getattr(os, 'O_NOFOLLOW', 0)",
        "import os\ntry_again(os.replace, a, b)",
        "import shutil\nshutil.rmtree(path)",
        "from shutil import rmtree",
        "import tempfile\ntempfile.NamedTemporaryFile()",
        "from tempfile import NamedTemporaryFile",
        "import fcntl\nfcntl.flock(fd, 2)",
        "open(path, 'rb')",
        "path.open('wb')",
        "path.open(encoding='utf-8')",
        "path.unlink(missing_ok=True)",
        "path.write_bytes(data)",
        "path.mkdir()",
    ],
)
def test_what_touches_a_file_is_found(line: str) -> None:
    assert bare(line)


def test_other_things_of_such_names_are_let_pass() -> None:
    assert bare("import os\nos.path.join('a', text.replace('b', 'c'))") == []
    assert bare("archive.open(entry)\nfiles.open_new(path)\napp.open(who)") == []


def test_a_tree_with_read_only_files_goes(tmp_path: Path) -> None:
    inner = tmp_path / "tree" / "objects"
    inner.mkdir(parents=True)
    (inner / "one").write_text("x", "utf-8", newline="\n")
    (inner / "one").chmod(0o400)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x", "utf-8", newline="\n")
    link(tmp_path / "tree" / "link", outside, folder=True)
    files.delete_tree(str(tmp_path / "tree"))
    assert not (tmp_path / "tree").exists()
    assert (outside / "kept").exists()
    files.delete_tree(str(tmp_path / "tree"))  # not there: nothing to do


def test_a_tree_that_is_a_link_goes_alone(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "kept").write_text("x", "utf-8", newline="\n")
    link(tmp_path / "link", tmp_path / "real", folder=True)
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
        if sys.platform == "linux":
            opened = Path("/proc/self/fd")
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
    link(root / "real" / "p7k2q.yaml", outside / "p7k2q.yaml")
    link(root / "pupils", outside, folder=True)
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
