"""Hazards 32 and 69 to 79: two computers, one remote, and what lies between."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.lesson import IN_TERM
from tests.cli.lesson import LINES as SCHOOL
from tests.cli.lesson import school
from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import program
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.hazards.world import works
from tests.systems import is_root
from tests.systems import link

Two = tuple[Typed, Typed]


def code_of(told: str) -> list[str]:
    """The codes of the questions in a message."""
    lines = [line.split() for line in told.splitlines() if line.startswith("  ")]
    return [words[0] for words in lines if words and len(words[0]) == 4]


def test_69_both_append(laptops: Two) -> None:
    here, there = laptops
    here("flag", "add", "amelia", "eal")
    here("concern", "add", "amelia", "--concern", "Tired")
    there("flag", "add", "amelia", "young_carer")
    there("pupil", "add", "Ben Adeyemi")
    here("sync")
    told = json.loads(there("sync", "--format", "json").out)
    assert told["received"] == 2
    assert told["sent"] == 3
    assert told["joined"] is True
    here("sync")
    for sen in (here, there):
        text = record(sen).read_text("utf-8")
        assert all(word in text for word in ("eal", "young_carer", "Tired"))
        assert "Adeyemi" in sen("pupil", "list").out
        assert "breach" not in sen("verify").out
        whole(sen)
    assert head(here) == head(there)
    assert "Nothing new" in here("sync").out
    there("undo", "--yes")
    works(here)


def clash(laptops: Two, *words: str) -> list[str]:
    """Both change one thing; the codes of the questions of the second to meet."""
    here, there = laptops
    here("pupil", "set", "amelia", f"{words[0]}")
    here("sync")
    there("pupil", "set", "amelia", f"{words[1]}")
    told = unchanged(there, "sync", code=6)
    assert "Khan" in told.err
    assert "--take" in told.err
    return code_of(told.err)


@pytest.mark.parametrize("answer", ["mine", "theirs"])
def test_the_trail_has_both_sides_and_the_choice(laptops: Two, answer: str) -> None:
    here, there = laptops
    (code,) = clash(laptops, "known_as=Millie", "known_as=Amy")
    there("sync", "--take", f"{code}={answer}")
    kept, given_up = ("Amy", "Millie") if answer == "mine" else ("Millie", "Amy")
    here("sync")
    for sen in (here, there):
        told = json.loads(sen("history", "amelia", "--format", "json").out)
        done = [
            (change["old"], change["new"])
            for event in told
            for change in event["changes"]
            if change["path"] == "known_as"
        ]
        assert (None, "Amy") in done
        assert (None, "Millie") in done
        assert done[0] == (given_up, kept)
        assert told[0]["action"] == "sync"
        everything = json.loads(sen("history", "--format", "json").out)
        assert {e["commit"] for e in told[:3]} <= {e["commit"] for e in everything}
        assert kept in sen("history", "amelia", "known_as").out


@pytest.mark.parametrize(("answer", "kept"), [("mine", "Amy"), ("theirs", "Millie")])
def test_70_both_edit_one_field(laptops: Two, answer: str, kept: str) -> None:
    here, there = laptops
    codes = clash(laptops, "known_as=Millie", "known_as=Amy")
    assert len(codes) == 1
    # the same question again, and nothing is in the way of other work
    assert code_of(there("sync", code=6).err) == codes
    there("concern", "add", "amelia", "--concern", "Tired")
    assert code_of(there("sync", code=6).err) == codes
    there("sync", "--take", f"{codes[0]}=perhaps", code=2)
    there("sync", "--take", f"0000={answer}", code=6)
    there("sync", "--take", f"{codes[0]}={answer}")
    here("sync")
    for sen in (here, there):
        assert f"known_as: {kept}" in record(sen).read_text("utf-8")
        whole(sen)
    assert head(here) == head(there)
    log = git(there.folder, "log", "-p", "--format=")
    assert "known_as: Amy" in log
    assert "known_as: Millie" in log


def test_70_several_questions_are_each_asked(laptops: Two) -> None:
    here, there = laptops
    here("pupil", "set", "amelia", "known_as=Millie", "class=5A")
    here("sync")
    there("pupil", "set", "amelia", "known_as=Amy", "class=5B")
    told = unchanged(there, "sync", code=6).err
    assert "2 things were" in told
    codes = code_of(told)
    there("sync", "--take", f"{codes[0]}=mine", code=6)
    there("sync", "--take", "all=theirs")
    text = record(there).read_text("utf-8")
    assert "Millie" in text
    assert "5A" in text
    works(there)


def test_71_taken_away_here_and_changed_there(laptops: Two) -> None:
    here, there = laptops
    here("concern", "add", "amelia", "--concern", "Tired")
    here("sync")
    there("sync")
    here("remove", "amelia", "concern 1", "--yes")
    there("concern", "set", "amelia", "1", "--response", "Rang home")
    here("sync")
    codes = code_of(unchanged(there, "sync", code=6).err)
    there("sync", "--take", f"{codes[0]}=mine")
    assert "Rang home" in record(there).read_text("utf-8")
    works(there)


def test_71_the_whole_record_taken_away(laptops: Two) -> None:
    here, there = laptops
    path = record(here)
    path.unlink()
    here("commit", f"pupils/{path.name}", "--take-out")
    here("sync", "--take-out")
    there("flag", "add", "amelia", "eal")
    told = unchanged(there, "sync", code=6).err
    assert "taken away on origin" in told
    there("sync", "--take", f"{code_of(told)[0]}=mine")
    here("sync")
    assert "eal" in record(here).read_text("utf-8")
    works(here)


def test_72_merge_driver_not_configured(laptops: Two) -> None:
    here, there = laptops
    assert "merge.sencli.driver" not in git(there.folder, "config", "--list")
    assert "line by line" in there("doctor", code=1).out
    here("flag", "add", "amelia", "eal")
    there("flag", "add", "amelia", "young_carer")
    here("sync")
    there("sync")
    assert "eal" in record(there).read_text("utf-8")
    assert "<<<" not in record(there).read_text("utf-8")
    there("doctor", "--fix", code=None)
    assert "merge.sencli.driver" in git(there.folder, "config", "--list")


def test_73_driver_that_crashes(laptops: Two) -> None:
    here, there = laptops
    commands = ("kill -9 $$", "exit 129", "exit 200")
    for number, command in enumerate(commands):
        git(there.folder, "config", "merge.sencli.driver", command)
        here("pupil", "set", "amelia", f"class={number}A")
        here("sync")
        there("flag", "add", "amelia", "eal", code=None)
        there("concern", "add", "amelia", "--concern", command)
        before = record(there).read_bytes()
        git(there.folder, "fetch", "-q")
        git(there.folder, "merge", "-q", "origin/main", check=False)
        assert command.encode() in record(there).read_bytes()
        unchanged(there, "concern", "add", "amelia", "--concern", "x", code=6)
        git(there.folder, "merge", "--abort")
        assert record(there).read_bytes() == before
        there("sync")
        here("sync")
    works(there)


def cure(told: str) -> str:
    """The command that a message says to type."""
    (line,) = [line for line in told.splitlines() if ": sen " in line]
    return line.partition(": sen ")[2]


def test_75_two_open_cycles(laptops: Two) -> None:
    here, there = laptops
    here("cycle", "open", "amelia", "--assessment", "Reads")
    here("pupil", "add", "Ben Adeyemi")
    here("sync")
    there("cycle", "open", "amelia", "--assessment", "Writes")
    there("pupil", "add", "Cara Novak")
    told = there("sync", code=6).err
    assert "Amelia Khan: 2 cycles are open" in told
    assert "here: Autumn" in told
    assert "on origin: Autumn" in told
    # everything else goes on, and so does the pupil
    assert "Adeyemi" in there("pupil", "list").out
    here("sync")
    assert "Novak" in here("pupil", "list").out
    assert head(here) == head(there)
    assert "2 cycles are open" in here("check", code=1).out
    there("concern", "add", "amelia", "--concern", "Tired")
    unsaid = "left|superseded|support_ended|opened_in_error"
    there(cure(told).replace(unsaid, "superseded"))
    there("sync")
    here("sync")
    for sen in (here, there):
        assert "cycles are open" not in sen("check", code=None).out
        works(sen)


def test_75_closed_here_and_a_session_there(tmp_path: Path) -> None:
    here = school(tmp_path, SCHOOL + IN_TERM)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(here.folder, "remote", "add", "origin", "../meeting.git")
    here("sync")
    git(tmp_path, "clone", "-q", "meeting.git", "other")
    there = here.at(tmp_path / "other")
    here("cycle", "close", "amelia", "--reason", "superseded", "--date", "01/10/2025")
    here("sync")
    there("session", "log", "amelia", "--date", "17/10/2025")
    result = there("sync", "--format", "json", code=6)
    found = json.loads(result.out)
    assert found["joined"] is True
    assert len(found["contradictions"]) == 1
    assert "a session of 17 October 2025 in a cycle that was closed" in result.err
    there(f"{cure(result.err)} --yes")
    assert "2025-10-17" not in record(there).read_text("utf-8")
    there("sync")
    whole(there)


def test_76_network_down(laptops: Two) -> None:
    here, _ = laptops
    here("flag", "add", "amelia", "eal")
    url = git(here.folder, "remote", "get-url", "origin")
    for down in ("http://127.0.0.1:1/x.git", "ssh://127.0.0.1:1/x.git", "/nowhere/x"):
        git(here.folder, "remote", "set-url", "origin", down)
        unchanged(here, "sync", code=7, says="safe here")
    git(here.folder, "remote", "set-url", "origin", url)
    assert "1 change" in here("sync").out


def test_77_remote_killed_in_the_middle_of_a_push(laptops: Two) -> None:
    here, there = laptops
    here("flag", "add", "amelia", "eal")
    bare = here.folder.parent / "meeting.git"
    objects = bare / "objects"
    # a remote that cannot be written, as one that dies: nothing arrives
    lock = bare / "refs/heads/main.lock"
    lock.touch()
    unchanged(here, "sync", code=7, says="safe here")
    lock.unlink()
    assert objects.is_dir()
    here("sync")
    there("sync")
    assert "eal" in record(there).read_text("utf-8")
    words = [sys.executable, "-m", "sencli", "sync"]
    for number in range(4):
        here("concern", "add", "amelia", "--concern", f"Worry {number}")
        with subprocess.Popen(
            words,
            cwd=here.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(0.12 + 0.04 * number)
            process.kill()
        time.sleep(0.1)
        here("sync")
        there("sync")
        assert f"Worry {number}" in record(there).read_text("utf-8")
    whole(here)
    whole(there)


def answer(server: socket.socket, reply: bytes) -> None:
    """Give every caller the same answer, until the socket is closed."""
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        with caller:
            caller.recv(4096)
            caller.sendall(reply)


def test_78_a_password_is_asked_for(laptops: Two) -> None:
    here, _ = laptops
    reply = b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\n"
    reply += b"Content-Length: 0\r\nConnection: close\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        threading.Thread(target=answer, args=(server, reply), daemon=True).start()
        url = f"http://127.0.0.1:{port}/x.git"
        git(here.folder, "remote", "set-url", "origin", url)
        done = program(here.folder, "sync", env={"SSH_ASKPASS": "/bin/false"})
        server.shutdown(socket.SHUT_RDWR)
    assert done.code == 7
    assert done.seconds < 20
    assert f"Sign in once: git ls-remote {url}" in done.err
    works(here)


def test_78_a_stick_that_git_thinks_another_users(laptops: Two) -> None:
    here, _ = laptops
    if not is_root():
        pytest.skip("only root can give a folder to another user")
    bare = here.folder.parent / "meeting.git"
    for path in (bare, *bare.rglob("*")):
        os.chown(path, 12345, 12345, follow_symlinks=False)
    here("pupil", "set", "amelia", "class=5A")
    told = here("sync", code=7).err
    cure = f"git config --global --add safe.directory {bare}"
    assert cure in told
    subprocess.run(cure.split(), check=True)
    here("sync")


def test_no_other_command_ever_sends(laptops: Two) -> None:
    here, _ = laptops
    bare = here.folder.parent / "meeting.git"
    before = git(bare, "rev-parse", "main")
    for words in (("flag", "add", "amelia", "eal"), ("undo", "--yes"), ("verify",)):
        here(*words)
    here("doctor", "--fix", code=None)
    assert git(bare, "rev-parse", "main") == before


def test_a_hand_edit_is_not_merged_over(laptops: Two) -> None:
    here, there = laptops
    here("flag", "add", "amelia", "eal")
    here("sync")
    path = record(there)
    path.write_text(
        path.read_text("utf-8").replace("Khan", "Khan-Ali"), "utf-8", newline="\n"
    )
    unchanged(there, "sync", code=6, says="sen commit")
    there("commit")
    there("sync")
    assert "Khan-Ali" in path.read_text("utf-8")
    assert "eal" in path.read_text("utf-8")
    works(there)


def test_what_is_not_valid_is_not_taken_in(laptops: Two) -> None:
    here, there = laptops
    for text in ("schema: 1\n", "a: &a [*a]\n", "<<<<<<< x\n"):
        path = there.folder / "pupils/p2345.yaml"
        path.write_text(text, "utf-8", newline="\n")
        git(there.folder, "add", "pupils")
        git(there.folder, "commit", "-qm", "by hand")
        git(there.folder, "push", "-q", "origin", "main")
        assert "pupils/p2345.yaml" in unchanged(here, "sync", code=3).err
    path.unlink()
    link(path, "/etc/passwd")
    git(there.folder, "commit", "-qam", "by hand")
    git(there.folder, "push", "-q", "origin", "main")
    assert "link" in unchanged(here, "sync", code=3).err
    git(there.folder, "rm", "-q", "pupils/p2345.yaml")
    git(there.folder, "commit", "-qm", "by hand")
    git(there.folder, "push", "-q", "origin", "main")
    here("sync")
    works(here)


def test_records_of_another_school_are_refused(laptops: Two, tmp_path: Path) -> None:
    here, _ = laptops
    other = Typed(tmp_path)
    other("init", "elm", "--school", "Elm", "--senco", "A. Bee")
    git(here.folder, "remote", "set-url", "origin", str(tmp_path / "elm"))
    git(here.folder, "update-ref", "-d", "refs/remotes/origin/main")
    git(here.folder, "update-ref", "-d", "refs/sencli/seen/origin/main")
    unchanged(here, "sync", code=8, says="no history in common")


def test_comments_of_both_are_kept_or_asked_for(laptops: Two) -> None:
    here, there = laptops
    for sen, remark in ((here, "# ours"), (there, "# theirs")):
        path = record(sen)
        path.write_text(f"{path.read_text('utf-8')}{remark}\n", "utf-8", newline="\n")
        sen("commit")
        sen("flag", "add", "amelia", "eal" if sen is here else "young_carer")
    here("sync")
    codes = code_of(unchanged(there, "sync", code=6).err)
    there("sync", "--take", f"{codes[0]}=theirs")
    text = record(there).read_text("utf-8")
    assert "# ours" in text
    assert "young_carer" in text
    works(there)


def test_sync_without_a_remote(amelia: Typed) -> None:
    unchanged(amelia, "sync", code=4, says="git remote add")
    unchanged(amelia, "sync", "backup", code=4, says="backup")
