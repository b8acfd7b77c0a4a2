"""The wheel, installed in an environment of its own and run from another directory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from sencli.cli import COMMANDS

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [sys.executable, "-m", *build, "-w", str(folder), str(CHECKOUT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("sencli-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel; what it needs is lent by this one."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    inside = next((home / "lib").glob("python*/site-packages"))
    python = home / "bin" / "python"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "-q", "--python", str(python)),
            *("install", "--no-deps", str(wheel)),
        ],
        check=True,
        capture_output=True,
    )
    # after the wheel on the path, and without this environment's own .pth files
    (inside / "lent.pth").write_text(
        sysconfig.get_path("purelib") + "\n", "utf-8", newline="\n"
    )
    return home / "bin"


def test_the_wheel_holds_schemas_templates_and_examples(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for inside in (
        "sencli/schemas/pupil.schema.json",
        "sencli/templates/document.typ",
        "sencli/templates/sheet/page.html",
        "sencli/templates/fonts/OFL.txt",
        "sencli/templates/fonts-cjk/DroidSansFallback.ttf",
        "sencli/templates/fonts-cjk/LICENSE-Apache-2.0.txt",
        "sencli/templates/wording/en.json",
        "sencli/py.typed",
    ):
        assert inside in names
    assert any(name.startswith("sencli/examples/") for name in names)
    assert not any(name.startswith(("tests/", "docs/")) for name in names)


def test_man_finds_a_page_for_every_command(wheel: Path, installed: Path) -> None:
    """Beside the program, where man looks for what the PATH offers; and clean."""
    place = "share/man/man1"
    pages = installed.parent / place
    names = {f"sen-{name}.1" for name in COMMANDS} | {"sen.1"}
    assert {path.name for path in pages.iterdir()} == names
    packed = [n for n in zipfile.ZipFile(wheel).namelist() if f"data/{place}/" in n]
    assert len(packed) == len(names)
    requests = set()
    for path in pages.iterdir():
        for line in path.read_text("ascii").splitlines():
            requests |= {line.split()[0]} if line.startswith(".") else set()
            assert line.strip(), path.name
            assert not line.startswith("'"), path.name
    known = ".TH .SH .SS .TP .PP .B .BR .nf .fi .RS .RE"
    assert requests == set(known.split())
    assert "sen cycle review amelia" in (pages / "sen-cycle.1").read_text("ascii")
    for program, words in LINTS.items():
        if found := shutil.which(program):
            every = [found, *words, *map(str, sorted(pages.iterdir()))]
            done = subprocess.run(
                every, check=True, capture_output=True, text=True, encoding="utf-8"
            )
            assert done.stdout + done.stderr == ""


LINTS = {"mandoc": ["-T", "lint"], "groff": ["-man", "-ww", "-z", "-Tutf8"]}


def requirements() -> dict[str, str]:
    """Every library that pyproject.toml asks for, with the versions allowed."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    asked = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    found = (re.fullmatch(r"([\w.-]+)(.*)", line) for line in asked)
    return {plain(m[1]): m[2] for m in found if m}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def constraints() -> dict[str, str]:
    """What ``constraints.txt`` pins."""
    lines = (CHECKOUT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = (line.split("==") for line in lines if not line.startswith("#"))
    return {plain(name): version for name, version in pinned}


def test_a_library_before_its_1_0_is_capped_at_the_minor() -> None:
    pinned = constraints()
    young = {n: r for n, r in requirements().items() if pinned[n].startswith("0.")}
    assert {"jsonschema-rs", "holidays", "ryaml", "typst", "tabulate"} <= set(young)
    for name, allowed in young.items():
        minor = int(pinned[name].split(".")[1])
        versions = allowed.partition(";")[0].rstrip()
        assert versions.endswith(f"<0.{minor + 1}"), f"{name}{allowed}"


def test_the_constraints_pin_everything_and_name_no_place() -> None:
    pinned = constraints()
    assert set(requirements()) <= set(pinned)
    assert {"rpds-py", "lxml", "pluggy"} <= set(pinned)  # what those need, too
    rest = (CHECKOUT / "constraints.txt").read_text("utf-8").split("\n", 1)[1]
    assert not re.search(r"[/@\\ ]", rest)


def test_the_readme_installs_by_the_constraints() -> None:
    lines = (CHECKOUT / "README.md").read_text("utf-8").splitlines()
    installs = [line for line in lines if "pip install -q" in line]
    assert len(installs) >= 2
    assert all(" -c constraints.txt " in line for line in installs)


def test_the_main_job_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """From another directory, without the checkout on the path."""
    environment = {**os.environ, "PYTHONPATH": "", "SENCLI_TODAY": "2025-10-20"}

    def run(*words: str, folder: Path = tmp_path) -> str:
        done = subprocess.run(
            [str(installed / "sen"), *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    where = subprocess.run(
        [str(installed / "python"), "-c", "import sencli; print(sencli.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert str(CHECKOUT) not in where
    run("init", "oak", "--school", "Oak Primary", "--senco", "J. Patel")
    oak = tmp_path / "oak"
    run("pupil", "add", "Amelia Khan", "--class", "4B", folder=oak)
    run("status", "set", "amelia", "K", folder=oak)
    run("cycle", "open", "amelia", "--assessment", "Reads", folder=oak)
    plan = ["--review-by", "12/12/2025", "--parents-notified", "today"]
    run("cycle", "plan", "amelia", *plan, folder=oak)
    run("outcome", "add", "amelia", "Reads 60 words", folder=oak)
    assert "Amelia Khan" in run("register", folder=oak)
    run("summary", "amelia", "--output", "amelia.pdf", folder=oak)
    assert (oak / "amelia.pdf").read_bytes().startswith(b"%PDF")
    run("check", folder=oak)
    assert "Amelia" in run("history", "amelia", folder=oak)
