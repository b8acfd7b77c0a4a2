"""Remotes and settings that would run programs, send elsewhere, or tell a password."""

from __future__ import annotations

import json
import ntpath
from pathlib import Path
from types import SimpleNamespace

import pytest

from sencli.store.git.dangerous_settings import REFUSED_AT_THE_OTHER_END
from sencli.store.git.dangerous_settings import RUN_PROGRAMS
from sencli.store.git.settings import GitSettings
from sencli.store.remote import redirects
from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import unchanged

WORD = "hunter2"


@pytest.fixture
def place(amelia: Typed, tmp_path: Path) -> Path:
    """A folder where the records have met once."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(amelia.folder, "remote", "add", "origin", str(tmp_path / "meeting.git"))
    amelia("sync")
    amelia("concern", "add", "amelia", "--concern", "Worried")
    return tmp_path / "meeting.git"


def evil(tmp_path: Path) -> str:
    """A program that leaves a mark."""
    path = tmp_path / "evil.sh"
    path.write_text(f"#!/bin/sh\necho $0 $@ >> {tmp_path}/ran\n", "utf-8", newline="\n")
    path.chmod(0o755)
    return str(path)


def borrowing(folder: Path, tmp_path: Path) -> None:
    """A folder of git that borrows from another, and names a program for it."""
    git(tmp_path, "init", "-q", "--bare", "lender.git")
    info = folder / "objects/info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text(
        f"{tmp_path}/lender.git/objects\n", "utf-8", newline="\n"
    )
    git(folder, "config", "core.alternateRefsCommand", evil(tmp_path))


def test_a_remote_that_borrows_runs_nothing(
    amelia: Typed, place: Path, tmp_path: Path
) -> None:
    borrowing(place, tmp_path)
    before = git(place, "rev-parse", "main")
    assert "another folder" in unchanged(amelia, "sync", code=7).err
    amelia("verify", "--against", "origin", code=7)
    assert "another folder" in amelia("doctor", code=1).out
    assert not (tmp_path / "ran").exists()
    assert git(place, "rev-parse", "main") == before
    # and git by itself would have run it
    git(amelia.folder, "push", "-q", "origin", "main")
    assert (tmp_path / "ran").exists()


def test_a_copied_folder_that_borrows_runs_nothing(
    amelia: Typed, place: Path, tmp_path: Path
) -> None:
    borrowing(amelia.folder / ".git", tmp_path)
    told = amelia("doctor", code=None).out
    assert "core.alternaterefscommand" in told
    assert "objects/info/alternates" in told
    for line in ("sync", "history amelia", "verify", "verify --against origin"):
        amelia(line, code=None)
    assert not (tmp_path / "ran").exists()
    assert git(place, "rev-parse", "main") == head(amelia)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("extensions.partialClone", "evil"),
        ("remote.evil.promisor", "true"),
        ("include.path", "/nowhere"),
        ("includeIf.gitdir:/.path", "/nowhere"),
        ("core.alternateRefsCommand", "x"),
    ],
)
@pytest.mark.parametrize("shape", ["bare", "folder", "file", "address"])
def test_a_remote_with_settings_of_its_own(
    amelia: Typed, place: Path, key: str, value: str, shape: str
) -> None:
    git(place, "config", key, value)
    if shape != "bare":
        git(place, "config", "core.bare", "false")
        (place.parent / "stick").mkdir()
        inside = place.parent / "stick/.git"
        if shape == "file":
            inside.write_text(f"gitdir: {place}\n", "utf-8", newline="\n")
        else:
            place.rename(inside)
        stick = f"{'file://' if shape == 'address' else ''}{place.parent}/stick"
        git(amelia.folder, "remote", "set-url", "origin", stick)
    told = unchanged(amelia, "sync", code=7).err.lower()
    assert key.partition(".")[0].lower() in told


def worked_in(amelia: Typed, tmp_path: Path) -> Path:
    """A folder that somebody works in, which puts what is sent into its files."""
    git(tmp_path, "clone", "-q", str(amelia.folder), "stick")
    stick = tmp_path / "stick"
    git(stick, "config", "receive.denyCurrentBranch", "updateInstead")
    git(amelia.folder, "remote", "set-url", "origin", str(stick))
    return stick


@pytest.mark.usefixtures("place")
def test_a_remote_folder_sends_nothing_through_its_own_programs(
    amelia: Typed, tmp_path: Path
) -> None:
    stick = worked_in(amelia, tmp_path)
    for key in {*RUN_PROGRAMS} - {*REFUSED_AT_THE_OTHER_END}:
        git(stick, "config", key.replace("*", "x"), evil(tmp_path))
    (stick / ".git/info").mkdir(exist_ok=True)
    (stick / ".git/info/attributes").write_text(
        "* filter=x merge=x diff=x\n", "utf-8", newline="\n"
    )
    amelia("concern", "add", "amelia", "--concern", "Sad")
    (tmp_path / "ran").unlink(missing_ok=True)
    amelia("sync", code=7)
    told = amelia("doctor", code=None).out
    amelia("verify", "--against", "origin", code=None)
    assert not (tmp_path / "ran").exists()
    for key in ("filter.x.smudge", "core.fsmonitor", "receive.procreceiverefs"):
        assert key in " ".join(told.split())
    # and git by itself would have run it
    git(amelia.folder, "push", "-q", "origin", "main", check=False)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("shape", ["two folders of git", "a link", "long", "spaces"])
def test_a_remote_is_looked_at_where_git_will_look(
    amelia: Typed, place: Path, tmp_path: Path, shape: str
) -> None:
    git(place, "config", "uploadpack.packObjectsHook", evil(tmp_path))
    stick = tmp_path / "stick"
    stick.mkdir()
    inner = stick / ".git"
    if shape == "two folders of git":  # the inner one is none, and calm
        stick.rmdir()
        place.rename(stick)
        (inner / "objects").mkdir(parents=True)
        (inner / "config").touch()
    elif shape == "a link":
        (stick / "x").write_text(f"gitdir: {place}\n", "utf-8", newline="\n")
        inner.symlink_to("x")
    elif shape == "long":
        inner.write_text(f"gitdir: {place}" + "\n" * 5000, "utf-8", newline="\n")
    else:
        git(tmp_path, "init", "-q", "--bare", "stick/x")
        place.rename(stick / " x")
        inner.write_text("gitdir:  x\n", "utf-8", newline="\n")
    git(amelia.folder, "remote", "set-url", "origin", str(stick))
    unchanged(amelia, "sync", code=7)
    assert git(amelia.folder, "ls-remote", "origin")


@pytest.mark.parametrize("ending", ["insteadOf", "pushInsteadOf"])
def test_an_address_that_the_folder_rewrites_is_refused(
    amelia: Typed, place: Path, tmp_path: Path, ending: str
) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "evil.git")
    git(amelia.folder, "config", f"url.{tmp_path}/evil.git.{ending}", str(place))
    told = unchanged(amelia, "sync", code=7).err
    assert f"{tmp_path}/evil.git" in told
    assert git(tmp_path / "evil.git", "for-each-ref") == ""
    assert "evil.git" in amelia("doctor", code=1).out


def test_an_address_that_the_user_rewrites_is_told_first(
    amelia: Typed, place: Path, tmp_path: Path
) -> None:
    git(amelia.folder, "remote", "set-url", "origin", "https://oak.example/meeting.git")
    git(
        tmp_path,
        "config",
        "--global",
        f"url.{place.parent}/.insteadOf",
        "https://oak.example/",
    )
    told = amelia("sync").err
    assert "Your own git settings send what is meant for origin" in told
    assert str(place) in told
    assert git(place, "rev-parse", "main") == head(amelia)


def test_a_rewritten_address_is_looked_at_as_the_folder_that_it_is(
    amelia: Typed, place: Path, tmp_path: Path
) -> None:
    git(amelia.folder, "remote", "set-url", "origin", "https://oak.example/meeting.git")
    git(
        tmp_path,
        "config",
        "--global",
        f"url.{place.parent}/.insteadOf",
        "https://oak.example/",
    )
    borrowing(place, tmp_path)
    hook = place / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{evil(tmp_path)}\n", "utf-8", newline="\n")
    hook.chmod(0o755)
    amelia("sync", code=7)
    (place / "objects/info/alternates").unlink()
    git(place, "config", "--unset", "core.alternateRefsCommand")
    amelia("sync")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["url", "vcs", "pushurl", "receivepack"])
def test_an_address_that_is_the_name_of_another_remote(
    amelia: Typed, place: Path, tmp_path: Path, name: str
) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "evil.git")
    git(amelia.folder, "config", f"remote.{place}.{name}", f"{tmp_path}/evil.git")
    unchanged(amelia, "sync", code=7)
    assert git(tmp_path / "evil.git", "for-each-ref") == ""


def test_an_address_that_is_the_name_of_an_old_file_of_git(
    amelia: Typed, place: Path, tmp_path: Path
) -> None:
    git(amelia.folder, "remote", "set-url", "origin", "stick")
    place.rename(amelia.folder / "stick")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "evil.git")
    (amelia.folder / ".git/remotes").mkdir()
    (amelia.folder / ".git/remotes/stick").write_text(
        f"URL: {tmp_path}/evil.git\n", "utf-8", newline="\n"
    )
    unchanged(amelia, "sync", code=7)
    assert git(tmp_path / "evil.git", "for-each-ref") == ""


@pytest.mark.parametrize("address", ["E:\\stick.git", "E:stick.git"])
def test_a_folder_on_windows_is_no_old_file_of_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Joined to a folder there, a path with a drive stays that path, which exists."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / address).mkdir()
    windows = SimpleNamespace(path=ntpath, sep="\\", altsep="/")
    monkeypatch.setattr(redirects, "os", windows)
    known = GitSettings(f"local\0remote.stick.url\n{address}\0".encode())
    assert redirects.refuse_diverted(known, "stick", "C:\\oak") == ""


@pytest.mark.parametrize("key", ["http.proxy", "http.https://127.0.0.1/.proxy"])
def test_a_proxy_of_the_folder(amelia: Typed, key: str) -> None:
    git(amelia.folder, "remote", "add", "origin", "https://127.0.0.1:1/x")
    git(amelia.folder, "config", key, "http://127.0.0.1:2")
    assert key in unchanged(amelia, "sync", code=7).err


@pytest.mark.parametrize(
    "address",
    [
        f"https://senco:{WORD}@127.0.0.1:1/x.git",
        f"https://{WORD}@127.0.0.1:1/x.git",
        f"HTTPS://senco:{WORD}@127.0.0.1:1/x.git",
        f"https://senco:{WORD}@oak@127.0.0.1:1/x.git",
        f"https://senco:a/{WORD}@127.0.0.1:1/x.git",
        f"ssh://senco:{WORD}@127.0.0.1:1/x.git",
        f"https://127.0.0.1:1/x.git?private_token={WORD}",
        f"ext::sh https://senco:{WORD}@127.0.0.1:1/x.git",
        f"ftp://senco:{WORD}@127.0.0.1:1/x.git",
    ],
)
def test_a_password_in_an_address_is_never_printed(amelia: Typed, address: str) -> None:
    git(amelia.folder, "remote", "add", "origin", address)
    git(amelia.folder, "config", f"credential.{address}.username", "x")
    git(amelia.folder, "config", f"credential.{address}.helper", "x")
    lines: tuple[tuple[str, ...], ...] = (
        *(("sync",), ("doctor",), ("doctor", "--format", "json"), ("sync", address)),
        *(("verify", "--against", "origin"), ("verify", "--against", address)),
        *(("sync", "--after-erasure", "--yes"), ("sync", "--accept-erasure", "--yes")),
    )
    for words in lines:
        assert WORD not in amelia(*words, code=None).both, words
    git(amelia.folder, "config", f"url.{address}.insteadOf", "https://a.example/")
    git(amelia.folder, "remote", "set-url", "origin", "https://a.example/x")
    for words in lines:
        assert WORD not in amelia(*words, code=None).both, words


@pytest.mark.usefixtures("place")
def test_advice_is_never_to_push(amelia: Typed) -> None:
    found = json.loads(amelia("doctor", "--format", "json", code=None).out)
    assert "git push" not in json.dumps(found)
    assert "sen sync origin" in json.dumps(found)
    git(amelia.folder, "remote", "remove", "origin")
    assert "git push" not in amelia("doctor", code=None).out


PRINTS = (
    ("i18n.logOutputEncoding", "ISO-8859-1"),
    ("i18n.commitEncoding", "UTF-16"),
    ("trailer.separators", "%"),
    ("trailer.action.key", "Deed"),
    ("trailer.pupil.key", "Child"),
    ("log.showRoot", "false"),
    ("log.follow", "true"),
    ("log.date", "relative"),
    ("log.decorate", "full"),
    ("log.abbrevCommit", "true"),
    ("log.diffMerges", "first-parent"),
    ("format.pretty", "oneline"),
    ("core.worktree", "/nowhere"),
    ("core.worktree", "../.."),
    ("core.quotePath", "true"),
    ("core.abbrev", "4"),
    ("color.ui", "always"),
    ("color.diff", "always"),
    ("diff.relative", "true"),
    ("diff.renames", "copies"),
    ("diff.noprefix", "true"),
    ("diff.orderFile", "/nowhere"),
    ("column.ui", "always"),
    ("core.attributesFile", "/nowhere"),
)


@pytest.mark.parametrize("scope", ["--local", "--global"])
@pytest.mark.parametrize(("key", "value"), PRINTS)
def test_settings_that_change_what_git_prints_change_nothing(
    amelia: Typed, key: str, value: str, scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Siobhán Pàtel")
    amelia("concern", "add", "amelia", "--concern", "Worried")
    lines = ("history amelia --format json", "history --format json", "verify")
    amelia("verify", code=None)
    before = [amelia(line, code=None).both for line in lines]
    git(amelia.folder.parent, "config", "--global", "init.defaultBranch", "main")
    where = [scope] if scope == "--global" else ["-f", ".git/config"]
    git(amelia.folder, "config", *where, key, value)
    after = [amelia(line, code=None).both for line in lines]
    assert after == before
    amelia("pupil", "set", "amelia", "class=5A")
    assert "5A" in amelia("history", "amelia").out


def test_a_word_of_damage_in_a_name_is_no_damage(amelia: Typed, tmp_path: Path) -> None:
    gone = tmp_path / "garbage corrupt bad object inflate"
    git(amelia.folder, "remote", "add", "origin", str(gone))
    told = unchanged(amelia, "sync", code=7).err
    assert "damaged" not in told
    assert "git remote set-url origin" in told
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(gone))
    (gone / "HEAD").write_text("garbage\n", "utf-8", newline="\n")
    assert "damaged" not in unchanged(amelia, "sync", code=7).err


def test_a_remote_with_several_addresses(
    amelia: Typed, place: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "other.git")
    git(amelia.folder, "remote", "set-url", "--add", "origin", str(other))
    told = unchanged(amelia, "sync", code=7).err
    assert str(place) in told
    assert str(other) in told
    git(amelia.folder, "config", "--replace-all", "remote.origin.url", str(place))
    amelia("sync")
    assert git(other, "for-each-ref") == ""


def test_a_git_folder_that_leans_on_another(amelia: Typed, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(amelia.folder), "elsewhere")
    inside = amelia.folder / ".git/commondir"
    inside.write_text(f"{tmp_path}/elsewhere/.git\n", "utf-8", newline="\n")
    before = git(tmp_path / "elsewhere", "rev-parse", "main")
    told = amelia("pupil", "set", "amelia", "class=5A", code=7).err
    assert "commondir" in told
    assert git(tmp_path / "elsewhere", "rev-parse", "main") == before


def test_a_place_of_another_form(amelia: Typed, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "--object-format=sha256", "meeting.git")
    git(amelia.folder, "remote", "add", "origin", str(tmp_path / "meeting.git"))
    assert "sha256" in unchanged(amelia, "sync", code=7).err


def test_a_proxy_is_refused_and_a_buffer_is_not(amelia: Typed) -> None:
    git(amelia.folder, "remote", "add", "origin", "https://127.0.0.1:1/x")
    git(amelia.folder, "config", "http.postBuffer", "1000000")
    assert "postbuffer" not in amelia("sync", code=7).err.lower()
