"""Hazards 82 to 92: output, interruption, language, clock, rights, the editor."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from benchmarks import large
from tests import systems
from tests.cli.lesson import LINES as SCHOOL
from tests.cli.lesson import school
from tests.conftest import Typed
from tests.hazards.world import ORDINARY
from tests.hazards.world import files
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import program
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.hazards.world import works
from tests.systems import is_private
from tests.systems import named_pipe
from tests.systems import posix
from tests.systems import terminal

SEN = [sys.executable, "-m", "sencli"]
PRINT = ("summary", "amelia", "--output")


def test_82_output_path(amelia: Typed, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    file.write_text("mine", "utf-8", newline="\n")
    unchanged(amelia, *PRINT, str(file), code=2, says="--force")
    assert file.read_text("utf-8") == "mine"
    unchanged(amelia, *PRINT, str(tmp_path), code=2, says="folder")
    unchanged(amelia, *PRINT, str(tmp_path / "no/out.html"), code=2)
    amelia(*PRINT, str(file), "--force")
    assert "<html" in file.read_text("utf-8")
    closed = tmp_path / "closed"
    closed.mkdir(0o500)
    done = program(amelia.folder, *PRINT, str(closed / "out.html"), before=ORDINARY)
    assert done.code == 7
    assert list(closed.iterdir()) == []
    if Path("/dev/full").exists():
        with Path("/dev/full").open("wb") as full:
            code = subprocess.run(
                [*SEN, "register"], cwd=amelia.folder, stdout=full, check=False
            )
        assert code.returncode == 7


def test_82_what_is_no_file_stays_what_it_is(amelia: Typed, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    named_pipe(pipe)
    words = [*SEN, "pupil", "list", "--format", "csv", "--force", "--output", str(pipe)]
    with subprocess.Popen(words, cwd=amelia.folder, stderr=subprocess.PIPE) as process:
        assert b"Khan" in pipe.read_bytes()
        process.communicate()
    assert process.returncode == 0
    assert pipe.is_fifo()
    link, file = tmp_path / "link.csv", tmp_path / "file.csv"
    file.write_text("old", "utf-8", newline="\n")
    systems.link(link, file)
    amelia("pupil", "list", "--output", str(link), code=2)
    said = amelia("pupil", "list", "--output", str(link), "--force", code=2)
    assert "is a link" in said.err
    assert link.is_symlink()
    assert file.read_text("utf-8") == "old"


def test_82_a_change_is_saved_though_its_output_fails(amelia: Typed) -> None:
    before = head(amelia)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*SEN, "pupil", "set", "amelia", "known_as=Millie"],
            cwd=amelia.folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            encoding="utf-8",
        )
    assert done.returncode == 7
    assert f"The change is saved ({head(amelia)[:8]})" in done.stderr
    assert head(amelia) != before
    works(amelia)


CLOSED = (
    "pupil list",
    "register --format csv",
    "map --format pdf",
    "verify",
    "doctor",
    "history amelia",
    "pupil set amelia known_as=Millie",
    "undo",
    "concern add amelia --concern -",
    "pupil show nobody",
    "--help",
    "--version",
)


@pytest.mark.parametrize("ends", [">&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-"])
def test_83_ends_that_are_closed(amelia: Typed, ends: str) -> None:
    """No record is opened in the place of standard output, and none is written to."""
    for line in CLOSED:
        done = subprocess.run(
            ["sh", "-c", f"exec {sys.executable} -m sencli {line} {ends}"],
            cwd=amelia.folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1, 2, 4), (line, done.returncode, done.stderr)
        assert b"Traceback" not in done.stderr
        assert b"Please report" not in done.stderr
    assert "Millie" in record(amelia).read_text("utf-8")
    works(amelia)


def test_83_closed_pipe(amelia: Typed) -> None:
    for line in ("history amelia", "register --format csv", "--help", "check"):
        words = [*SEN, *line.split()]
        with subprocess.Popen(
            words, cwd=amelia.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.close()
            err = process.stderr.read().decode()
        assert process.returncode in (0, 1, 141, -signal.SIGPIPE)
        assert "Traceback" not in err
        assert "BrokenPipe" not in err


@posix("an interruption that one process sends to others")
def test_84_interrupted_at_the_prompt(amelia: Typed) -> None:
    before = head(amelia)
    ours, theirs = terminal()
    with subprocess.Popen(
        [*SEN, "undo"],
        cwd=amelia.folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Undo this" not in shown:
            shown += os.read(ours, 1000)
        time.sleep(0.3)  # until it waits for the answer
        for _ in range(20):  # as a person does: again, where nothing happens
            process.send_signal(signal.SIGINT)
            if select.select([ours], [], [], 1)[0]:
                break
        while b"half done" not in shown:
            assert select.select([ours], [], [], 20)[0], shown
            shown += os.read(ours, 1000)
        assert process.wait(timeout=20) == 130
    os.close(ours)
    assert b"Traceback" not in shown
    assert head(amelia) == before
    works(amelia)


@posix("an interruption that one process sends to others")
def test_84_interrupted_during_a_write(amelia: Typed) -> None:
    for number in range(6):
        with subprocess.Popen(
            [*SEN, "pupil", "set", "amelia", f"known_as=Millie {number}"],
            cwd=amelia.folder,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            time.sleep(0.12 + 0.04 * number)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
            _, err = process.communicate(timeout=20)
        # Python itself ends so where it is interrupted before sencli has begun
        begun = b"sencli" in err or process.returncode != -signal.SIGINT
        assert process.returncode in (0, 130, 1, -signal.SIGINT), err
        assert begun or b"Saved" not in err
        amelia("pupil", "show", "amelia")
        whole(amelia)
    works(amelia)


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_85_terminals_without_the_letters(amelia: Typed, env: dict[str, str]) -> None:
    amelia("pupil", "add", "Zo\u00eb \u0141uk\u00e1sz", "--class", "4B")
    for line in ("pupil show 4", "pupil list", "register", "history", "check"):
        words = line.replace("show 4", f"show {record(amelia, 'Zo').stem}").split()
        done = program(amelia.folder, *words, env=env)
        assert done.code in (0, 1), done.err
    done = program(
        amelia.folder, "pupil", "set", "amelia", "known_as=\u00c9lodie", env=env
    )
    assert done.code == 0, done.err
    assert "\u00c9lodie" in record(amelia).read_text("utf-8")
    whole(amelia)


def test_86_time_zones_and_the_clock(amelia: Typed) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"):
        env = {"TZ": zone, "SENCLI_TODAY": "2026-03-29"}
        words = ("concern", "add", "amelia", "--concern", zone, "--date", "today")
        assert program(amelia.folder, *words, env=env).code == 0
    assert record(amelia).read_text("utf-8").count("date: 2026-03-29") == 3
    assert "breach" not in amelia("verify").out
    whole(amelia)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_86_today_is_the_day_of_the_place(amelia: Typed, zone: str) -> None:
    env = {key: v for key, v in os.environ.items() if key != "SENCLI_TODAY"}
    words = ["concern", "add", "amelia", "--concern", "x", "--date", "today"]
    days = [datetime.now(ZoneInfo(zone)).date().isoformat()]
    done = subprocess.run(
        [*SEN, *words],
        cwd=amelia.folder,
        env={**env, "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    days.append(datetime.now(ZoneInfo(zone)).date().isoformat())
    assert done.returncode == 0, done.stderr
    assert any(f"date: {day}" in record(amelia).read_text("utf-8") for day in days)
    offset = git(amelia.folder, "log", "-1", "--format=%cI")[-6:]
    assert offset == {"Pacific/Kiritimati": "+14:00"}.get(zone, "-11:00")
    # read in another zone, the date is the same
    told = program(amelia.folder, "history", "amelia", env={"TZ": "Europe/London"})
    assert told.code == 0
    assert "breach" not in amelia("verify").out


def test_86_a_day_of_the_change_of_clocks(amelia: Typed) -> None:
    for day in ("2025-10-26", "2026-03-29"):
        env = {"TZ": "Europe/London", "SENCLI_TODAY": day}
        for number, typed in enumerate(("yesterday", "today", "+1d")):
            words = ("pupil", "set", "amelia", f"class={number}A", "--from", typed)
            done = program(amelia.folder, *words, env=env)
            assert done.code == 0, done.err
    found = re.findall(r"from: (20..-..-..)", record(amelia).read_text("utf-8"))
    wanted = {"2026-03-28", "2026-03-29", "2026-03-30"}
    assert wanted | {"2025-10-25", "2025-10-26", "2025-10-27"} <= set(found)


def test_86_a_clock_that_is_years_wrong(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        for role in ("COMMITTER", "AUTHOR"):
            patch.setenv(f"GIT_{role}_DATE", "4000000000 +0000")
        amelia("pupil", "set", "amelia", "class=5A")
    assert "in the future: the clock of the computer ran ahead" in amelia("verify").out
    works(amelia)


def test_87_no_home_and_no_folder(amelia: Typed, tmp_path: Path) -> None:
    env = {key: v for key, v in os.environ.items() if key not in ("HOME", "USER")}
    env |= {"GIT_CONFIG_GLOBAL": str(Path(os.environ["HOME"], ".gitconfig"))}
    for words in (["pupil", "show", "amelia"], ["pupil", "set", "amelia", "class=5A"]):
        done = subprocess.run(
            [*SEN, *words], cwd=amelia.folder, env=env, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
    gone = tmp_path / "gone"
    gone.mkdir()
    text = f"rmdir {gone}; exec {sys.executable} -m sencli "
    for words in ("pupil list", "init", "due", "--version"):
        done = subprocess.run(
            ["sh", "-c", f"{text} {words}"],
            cwd=gone,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        gone.mkdir()
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, 2, 4, 7), done.stderr
    works(amelia)


def test_88_many_pupils(amelia: Typed) -> None:
    text = record(amelia).read_text("utf-8")
    pupil = record(amelia).stem
    letters = "23456789"
    for number in range(2000):
        name = "q" + "".join(letters[number // 8**n % 8] for n in range(4))
        made = text.replace(pupil, f"p{name}").replace("Amelia", f"Amelia {name}")
        (amelia.folder / f"pupils/p{name}.yaml").write_text(made, "utf-8", newline="\n")
    amelia("pupil", "list")
    start = time.monotonic()
    assert amelia("register").out.count("Khan") >= 2000
    assert time.monotonic() - start < 10


def test_88_a_long_history(tmp_path: Path) -> None:
    folder = tmp_path / "school"
    pupil = large.school(folder, 400, 2_000)
    for one in large.measured(folder, pupil):
        assert one.within, one
    assert len(Typed(folder)("history", pupil).out.splitlines()) > 40


def test_89_rights_of_others(sen: Typed) -> None:
    before = os.umask(0)
    try:
        sen("init", "oak", "--school", "Oak", "--senco", "J. Patel")
        oak = sen.at(sen.folder / "oak")
        oak("pupil", "add", "Amelia Khan")
        oak("status", "set", "khan", "K", "--since", "15/09/2025")
        oak("register")
        for path in (oak.folder, *oak.folder.rglob("*")):
            assert is_private(path), path
        oak("summary", "khan", "--output", "out.html")
        assert is_private(oak.folder / "out.html")
    finally:
        os.umask(before)


def test_90_no_pupil_data_in_crash_reports(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Amelia Khan, born 2017-03-14")

    monkeypatch.setattr("sencli.documents.pupil.overview.pupil_overview", broken)
    told = amelia("pupil", "show", "amelia", code=70)
    for word in ("Amelia", "Khan", "2017", "Traceback"):
        assert word not in told.both
    assert "Please report" in told.err


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("pupil show amelia", "sencli.documents.pupil.overview.pupil_overview"),
        ("map", "sencli.documents.school.provision_map.build"),
        ("summary amelia", "sencli.documents.parents.summary.build"),
        ("register --format html", "sencli.documents.school.register.listed"),
        ("history amelia", "sencli.store.history.versions.describe"),
        ("flag add amelia eal", "sencli.store.change.commit.objects.commit_head"),
        (
            "flag add amelia eal --format json",
            "sencli.store.change.publish.objects.pack",
        ),
        ("find Khan", "sencli.core.record.search.search"),
    ],
)
def test_90_nothing_of_a_pupil_wherever_it_breaks(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, line: str, place: str
) -> None:
    """Neither the words of an error, nor its cause, nor what its functions held."""

    def broken(*held: object, **named: object) -> None:
        secret = {"Amelia Khan": ("P999900024001", held, named)}
        raise RuntimeError(f"{secret} of Oak Primary") from KeyError("Amelia Khan")

    before = files(amelia.folder), set(Path.home().rglob("*"))
    with monkeypatch.context() as patch:
        patch.setattr(place, broken)
        told = amelia(line, code=70)
    for word in ("Amelia", "Khan", "P9999", "Oak", "Traceback"):
        assert word not in told.both
    assert "Please report" in told.err
    # and no report was left anywhere
    assert (files(amelia.folder), set(Path.home().rglob("*"))) == before
    works(amelia)


def test_91_text_by_standard_input(amelia: Typed) -> None:
    text = "Something that no process list should show"
    amelia("concern", "add", "amelia", "--concern", "-", stdin=f"{text}\n")
    assert text in record(amelia).read_text("utf-8")
    works(amelia)


@pytest.mark.parametrize("editor", ["false", "truncate -s 0", "no-such-editor"])
def test_92_editor_that_fails(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    monkeypatch.setenv("EDITOR", editor)
    told = amelia("pupil", "edit", "amelia", code=None)
    assert told.code in (3, 7), told.both
    assert "Traceback" not in told.both
    works(amelia)


def test_12_concurrent_commands_at_full_length(tmp_path: Path) -> None:
    sen = school(tmp_path, SCHOOL)
    words = ["concern", "add", "amelia", "--format", "json", "--concern"]
    code = (
        "import sys; from sencli.cli.shell.run import run\n"
        f"for n in range(5): c = run({words!r} + [f'{{sys.argv[1]}} {{n}}']); "
        "assert c in (0, 5), c"
    )
    at_once = [
        subprocess.Popen(
            [sys.executable, "-c", code, f"Writer {number}"],
            cwd=sen.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(8)
    ]
    saved = []
    for process in at_once:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        found = json.JSONDecoder()
        text = out.decode().strip()
        while text:
            one, end = found.raw_decode(text)
            saved.append(one["commit"])
            text = text[end:].strip()
    assert record(sen).read_text("utf-8").count("Writer ") == len(saved) >= 8
    history = git(sen.folder, "rev-list", "HEAD").split()
    assert set(saved) <= set(history)
    whole(sen)
