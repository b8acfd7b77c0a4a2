"""The tests themselves run on each system: encodings and newlines are named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ruamel.yaml import YAML

from tests.cases import each_case

TESTS = Path(__file__).resolve().parent
NOT_TEXT = {"os", "zipfile", "tarfile", "pikepdf", "gzip", "files"}
STARTS = {"run", "Popen", "check_output", "check_call"}
TWO = 2


def unnamed(source: str) -> list[str]:
    """Each call that would read or write in whatever way the system prefers."""
    return [
        f"{node.lineno}: {ast.unparse(node)[:70]}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _depends(node)
    ]


def _depends(call: ast.Call) -> bool:
    name, owner = _names(call.func)
    named = {word.arg for word in call.keywords}
    positions = len(call.args)
    if name == "read_text":
        return not positions and "encoding" not in named
    if name == "write_text":
        return (positions < TWO and "encoding" not in named) or "newline" not in named
    if name in STARTS:
        return "text" in named and "encoding" not in named
    if name in {"open", "fdopen"} and owner not in NOT_TEXT - {"os"} | (
        {"os"} if name == "open" else set()
    ):
        mode = [a.value for a in call.args if isinstance(a, ast.Constant)]
        binary = any(isinstance(word, str) and "b" in word for word in mode)
        return not binary and "encoding" not in named
    return False


def _names(function: ast.expr) -> tuple[str, str]:
    if isinstance(function, ast.Attribute):
        return function.attr, ast.unparse(function.value)
    return (function.id, "") if isinstance(function, ast.Name) else ("", "")


FILES = [p for p in sorted(TESTS.rglob("*.py")) if p.name != "winish.py"]


def test_encodings_and_newlines_are_named() -> None:
    found = {
        path.relative_to(TESTS).as_posix(): faults
        for path in FILES
        if (faults := unnamed(path.read_text("utf-8")))
    }
    assert found == {}


@each_case(
    "line",
    [
        "path.read_text()",
        "path.write_text('x')",
        "path.write_text('x', 'utf-8')",
        "path.open('a')",
        "open(path)",
        "subprocess.run(['git'], text=True)",
        "os.fdopen(fd, 'w')",
    ],
)
def test_what_hangs_on_the_system_is_found(line: str) -> None:
    assert unnamed(line)


ELSEWHERE = {"fcntl", "grp", "msvcrt", "pty", "pwd", "resource", "termios", "winreg"}


@each_case("folder", sorted({path.parent for path in FILES}))
def test_what_one_system_lacks_is_not_imported_with_the_module(folder: Path) -> None:
    """One such import ends the collection of the whole suite there."""
    for path in [path for path in FILES if path.parent == folder]:
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [name.name for name in getattr(node, "names", ())]
            names += [getattr(node, "module", None) or ""]
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not ELSEWHERE & set(names), f"{path}:{node.lineno}"


SHELL = "#" + "!/"
BY_GIT = {"hazards", "store"}
"""Where git's own shell runs what is written: hooks, and traps that must not run."""


def of_one_system(source: str) -> list[str]:
    """What is written for a shell, and paths that are expected with "/" in them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and str(node.value).startswith(SHELL):
            found.append(f"{node.lineno}: a shell script (see tests/editors.py)")
        elif isinstance(node, ast.Assert):
            found += [f"{x.lineno}: {ast.unparse(x)}" for x in _joined(node)]
        elif isinstance(node, ast.JoinedStr) and "PATH" in ast.unparse(node):
            parts = [str(getattr(part, "value", "")) for part in node.values]
            if parts[1:2] == [":"]:
                found.append(f"{node.lineno}: folders joined by ':' (os.pathsep)")
    return found


def _joined(node: ast.Assert) -> Iterator[ast.JoinedStr]:
    """Text with "/" after a folder's path; an address of git's has always "/"."""
    for text in ast.walk(node):
        if isinstance(text, ast.JoinedStr):
            for one, then in pairwise(text.values):
                after = str(getattr(then, "value", ""))
                if not isinstance(one, ast.FormattedValue):
                    continue
                name = ast.unparse(one.value).rpartition(".")[2]
                if after.startswith("/") and ".git" not in after and name in FOLDERS:
                    yield text


FOLDERS = {"folder", "tmp_path", "root", "home", "parent", "path"}


@each_case(
    "path",
    [p for p in sorted(TESTS.rglob("*.py")) if p.name != "systems.py"],
    ids=lambda path: path.relative_to(TESTS).as_posix(),
)
def test_nothing_is_written_for_one_systems_shell_or_paths(path: Path) -> None:
    found = of_one_system(path.read_text("utf-8"))
    if path.parent.name in BY_GIT:
        found = [line for line in found if "a shell script" not in line]
    assert found == []


@each_case(
    "line",
    [
        f"path.write_bytes('{SHELL}bin/sh')",
        "assert f'{tmp_path}/oak' in told.out",
        "assert told.out == f'Saved: {oak.folder}/a.pdf'",
        """f"{folder}:{os.environ['PATH']}\"""",
    ],
)
def test_what_only_one_system_has_is_found(line: str) -> None:
    assert of_one_system(line)


def test_a_checkout_changes_no_line_ends() -> None:
    """Windows' git would, and what is made from these files with them."""
    assert "* -text" in (TESTS.parent / ".gitattributes").read_text("utf-8").split("\n")


def test_the_forges_workflow_runs_the_suite_on_each_system() -> None:
    path = TESTS.parent / ".github" / "workflows" / "tests.yml"
    jobs = YAML(typ="safe").load(path.read_text("utf-8"))["jobs"]
    matrix = jobs["tests"]["strategy"]["matrix"]
    systems = {name.partition("-")[0] for name in matrix["system"]}
    assert systems == {"ubuntu", "windows", "macos"}
    assert set(matrix["python"]) == {"3.11", "3.x"}  # the oldest, the newest
    lines = [step.get("run", "") for step in jobs["tests"]["steps"]]
    assert any("pytest" in line for line in lines)


def test_ci_leaves_out_only_files_that_are_there() -> None:
    """A file that is gone would end the whole run there."""
    script = (TESTS.parent / ".ci/run").read_text("utf-8")
    _, _, rest = script.partition("left_out=(")
    groups = re.compile(r"(\w+)/\{([\w,]+)\}")
    words = rest.partition(")")[0]
    named = [
        f"{folder}/test_{name}.py"
        for folder, names in groups.findall(words)
        for name in names.split(",")
    ]
    assert named
    assert groups.sub("", words).split() == []
    assert [name for name in named if not (TESTS / name).is_file()] == []
