"""The laptop is lost: join from the remote, restore from a backup, nothing is lost."""

from __future__ import annotations

import base64
import json
import os
import shutil
import stat
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from sencli.store.change import recover
from sencli.store.remote import copied
from tests.conftest import Typed
from tests.hazards.world import files
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.hazards.world import works

Two = tuple[Typed, Typed]


@pytest.fixture
def kept(laptops: Two, tmp_path: Path) -> Typed:
    """Records with an attachment, sent to the meeting place and backed up."""
    here, _ = laptops
    (tmp_path / "letter.txt").write_bytes(b"Dear parent\r\n")
    here("document", "add", "amelia", "../letter.txt", "--title", "Letter")
    here("sync")
    here("backup", "../stick")
    return here


def test_a_lost_laptop_loses_nothing(kept: Typed, tmp_path: Path) -> None:
    newest, had = head(kept), files(kept.folder)
    told = git(kept.folder, "log", "--format=%H %an %aI %B")
    shutil.rmtree(kept.folder)
    there = kept.at(tmp_path)
    joined = there("join", "meeting.git", "joined").out
    assert "The newest change is of" in joined
    assert "nothing to mend" in joined
    assert "sen sync" in joined
    assert "Verified" in there("restore", "stick", "restored").out
    for name in ("joined", "restored"):
        sen = kept.at(tmp_path / name)
        assert head(sen) == newest
        assert files(sen.folder) == had
        assert git(sen.folder, "log", "--format=%H %an %aI %B") == told
        assert git(sen.folder, "config", "merge.sencli.driver").startswith("sencli ")
        assert "breach" not in sen("verify").out
        if os.name != "nt":
            for path in (sen.folder, *sen.folder.rglob("*")):
                assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
        whole(sen)
    joined_here = kept.at(tmp_path / "joined")
    joined_here("flag", "add", "amelia", "eal")
    assert "Sent to origin: 1 change" in joined_here("sync").out
    works(kept.at(tmp_path / "restored"))


def test_a_backup_says_what_is_not_in_it(kept: Typed, tmp_path: Path) -> None:
    before = head(kept)
    with (kept.folder / "school.yaml").open("ab") as file:
        file.write(b"# mine\n")
    told = kept("backup", str(tmp_path / "stick")).out
    assert "Not in it: 1 hand edit" in told
    assert head(kept) == before
    assert "backup" in kept("doctor").out
    later = kept("doctor", "--format", "json", today="2027-09-01", code=None).out
    late = [row for row in json.loads(later) if row["code"] == "backup"]
    assert [row["level"] for row in late] == ["warning"]
    assert late[0]["mend"] == "sen backup FOLDER"


def test_a_backup_to_a_second_address(kept: Typed, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "second.git")
    kept("backup", "../second.git")
    assert git(tmp_path / "second.git", "rev-parse", "main") == head(kept)
    kept.at(tmp_path)("restore", "second.git", "again")
    other = kept.at(tmp_path / "again")
    other("flag", "add", "amelia", "eal")
    other("backup", "../second.git")
    kept("concern", "add", "amelia", "--concern", "Tired")
    assert "changes that are not here" in kept("backup", "../second.git", code=6).err


def test_a_spoilt_backup_is_refused(kept: Typed, tmp_path: Path) -> None:
    there = kept.at(tmp_path)
    (bundle,) = (tmp_path / "stick").glob("*.bundle")
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 0xFF
    bundle.chmod(0o600)
    bundle.write_bytes(data)
    assert "damaged" in there("restore", "stick", "new", code=8).err
    bundle.write_bytes(b"nothing")
    assert "not a backup" in there("restore", "stick", "new", code=8).err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("join ../meeting.git .", 6, "already holds SEN records"),
        ("join ../meeting.git ../stick", 6, "not empty"),
        ("restore ../stick .", 6, "already holds SEN records"),
        ("restore ../stick ../stick", 6, "not empty"),
        ("restore ../nowhere ../new", 7, "is not there"),
        ("restore ../empty ../new", 4, "no backup"),
        ("join ../empty.git ../new", 4, "no SEN records"),
        ("join ../nowhere ../new", 7, "is not there"),
        ("join 'ext::sh -c x' ../new", 2, "https and ssh"),
        ("join git://oak.example/x ../new", 2, "https and ssh"),
        ("join -- --upload-pack=x ../new", 2, "not an address"),
        ("join ../letter.txt ../new", 4, "is a file"),
        ("join https://u:s3cret@127.0.0.1:1/x ../new", 7, "cannot be reached"),
        ("backup ../nowhere/at/all", 4, "is not there"),
        ("backup ../letter.txt", 4, "is not a folder"),
        ("backup .", 6, "somebody works in"),
        ("backup sub", 6, "in the records themselves"),
        ("backup ../other", 6, "somebody works in"),
        ("backup 'ext::sh -c x'", 2, "https and ssh"),
    ],
)
def test_typed_wrongly(
    kept: Typed, tmp_path: Path, line: str, code: int, says: str
) -> None:
    (tmp_path / "empty").mkdir()
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    told = kept(line, code=code)
    assert says in told.err
    assert "s3cret" not in told.both
    assert not (tmp_path / "new").exists()
    whole(kept)


def test_broken_off(
    kept: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = kept.at(tmp_path)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(copied, "_promise", stop)
        there("join", "meeting.git", "new", code=130)
    assert not (tmp_path / "new").exists()
    # killed before the folder was born: its scraps are in nobody's way
    (tmp_path / "new/.sencli-new/.git").mkdir(parents=True)
    # and killed before its files were written: the next command writes them
    with monkeypatch.context() as broken:
        broken.setattr(recover, "finish", stop)
        there("join", "meeting.git", "new", code=130)
    assert "Khan" in kept.at(tmp_path / "new")("pupil", "list").out
    assert files(tmp_path / "new") == files(kept.folder)
    # a backup killed while it is read back leaves a copy, which the next write removes
    copy = kept.folder / ".git/sencli-backup"
    (copy / "objects").mkdir(parents=True)
    (kept.folder / ".git/sencli/sending").write_text(
        f"{head(kept)}\n", "utf-8", newline="\n"
    )
    kept("flag", "add", "amelia", "eal")
    assert not copy.exists()
    # a backup leaves its scraps to the next one
    (tmp_path / "stick/.sen-backup.new").write_bytes(b"half")
    (tmp_path / "stick/.sen-backup.new.lock").write_bytes(b"")
    kept("backup", "../stick")
    assert not copy.exists()
    assert [path.suffix for path in (tmp_path / "stick").iterdir()] == [".bundle"] * 2


class _Site(SimpleHTTPRequestHandler):
    """A site with one repository, which may ask who comes."""

    asks = False

    def do_GET(self) -> None:
        told = base64.b64encode(b"sen:s3cret").decode()
        if self.asks and self.headers.get("Authorization") != f"Basic {told}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="sen"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(kept: Typed, tmp_path: Path) -> Iterator[str]:
    assert kept.folder.parent == tmp_path
    git(tmp_path / "meeting.git", "update-server-info")
    serve = partial(_Site, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}/meeting.git"
        server.shutdown()


def test_a_public_address_is_refused(
    kept: Typed, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = kept.at(tmp_path)
    address = f"http://sen:s3cret@{site}"
    for sen, line in ((there, f"join {address} new"), (kept, f"backup {address}")):
        told = unchanged(kept, line, code=6) if sen is kept else sen(line, code=6)
        assert "is public" in told.err
        assert "s3cret" not in told.both
    assert not (tmp_path / "new").exists()
    monkeypatch.setattr(_Site, "asks", True)
    told = there(f"join http://{site} new", code=7)
    assert "Sign in once: git ls-remote" in told.err
    joined = there(f"join {address} new")
    assert "s3cret" not in joined.both
    assert files(tmp_path / "new") == files(kept.folder)
