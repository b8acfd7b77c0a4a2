"""Ways in which the history of records, or what belongs to it, gets damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.hazards.world import git
from tests.systems import named_pipe

NOWHERE = "1234567890abcdef1234567890abcdef12345678"
_NEWER = "[core]\n\trepositoryformatversion = 1\n[extensions]\n"
Damage = Callable[[Path], None]


def _object(folder: Path, name: str) -> Path:
    oid = git(folder, "rev-parse", name)
    return folder / ".git/objects" / oid[:2] / oid[2:]


def _record(folder: Path) -> str:
    return f"pupils/{min(p.name for p in (folder / 'pupils').glob('*.yaml'))}"


def _over(path: Path, data: bytes) -> None:
    """Put other bytes in a file's place, whatever it is and its rights are."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def _put(name: str, data: bytes) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _over(path, data)

    return damage


def _also(name: str, more: str) -> Damage:
    def damage(folder: Path) -> None:
        tree = git(folder, "rev-parse", "HEAD^{tree}")
        oid = git(folder, "commit-tree", "-m", "elsewhere", tree)
        path = folder / f"{name}{more}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{oid}\n", "utf-8", newline="\n")

    return damage


def _gone(name: str) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    return damage


def _folder(name: str) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.mkdir(parents=True)

    return damage


def _more(name: str, text: str) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text("utf-8") + text, "utf-8", newline="\n")

    return damage


def _lost(name: str) -> Damage:
    """An object that is not there any more; PUPIL is a pupil's record."""

    def damage(folder: Path) -> None:
        _object(folder, name.replace("PUPIL", _record(folder))).unlink()

    return damage


def _spoilt(name: str, data: bytes) -> Damage:
    def damage(folder: Path) -> None:
        _over(_object(folder, name.replace("PUPIL", _record(folder))), data)

    return damage


def _swapped(folder: Path) -> None:
    """One object's bytes in the place of another's."""
    other = _object(folder, "HEAD:school.yaml").read_bytes()
    _over(_object(folder, "HEAD:groups.yaml"), other)


def _packed(then: Callable[[Path], None]) -> Damage:
    def damage(folder: Path) -> None:
        git(folder, "gc", "-q")
        then(next((folder / ".git/objects/pack").glob("*.pack")))

    return damage


def _halved(pack: Path) -> None:
    _over(pack, pack.read_bytes()[: pack.stat().st_size // 2])


def _flipped(pack: Path) -> None:
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 0xFF
    _over(pack, bytes(data))


def _index(change: Callable[[bytes], bytes]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / ".git/index"
        path.write_bytes(change(path.read_bytes()))

    return damage


def _flip(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes((data[at] ^ 0xFF,)) + data[at + 1 :]


def _branch_to(name: str) -> Damage:
    def damage(folder: Path) -> None:
        oid = git(folder, "rev-parse", name) if name != NOWHERE else NOWHERE
        (folder / ".git/refs/heads/main").write_text(f"{oid}\n", "utf-8", newline="\n")

    return damage


def _set(key: str, value: str) -> Damage:
    def damage(folder: Path) -> None:
        git(folder, "config", key, value)

    return damage


def _fifo(name: str) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / name
        path.unlink(missing_ok=True)
        named_pipe(path)

    return damage


def _all_unreadable(folder: Path) -> None:
    for path in folder.glob("**/*.yaml"):
        path.write_bytes(b"\x00" * 900)


HISTORY: dict[str, Damage] = {
    "every object lost": _folder(".git/objects"),
    "no folder of objects": _gone(".git/objects"),
    "objects is a file": _put(".git/objects", b""),
    "newest commit lost": _lost("HEAD"),
    "older commit lost": _lost("HEAD~1"),
    "newest tree lost": _lost("HEAD^{tree}"),
    "tree of pupils lost": _lost("HEAD:pupils"),
    "a record lost": _lost("HEAD:PUPIL"),
    "the school's file lost": _lost("HEAD:school.yaml"),
    "an empty object": _spoilt("HEAD:PUPIL", b""),
    "a commit of noughts": _spoilt("HEAD", b"\0" * 200),
    "an object garbled": _spoilt("HEAD:school.yaml", b"not zlib"),
    "one object in the place of another": _swapped,
    "half a pack": _packed(_halved),
    "a pack with one byte changed": _packed(_flipped),
    "a pack without its list": _packed(lambda p: p.with_suffix(".idx").unlink()),
    "a list of a pack garbled": _packed(lambda p: _over(p.with_suffix(".idx"), b"x")),
    "a pack lost": _packed(Path.unlink),
    "branch empty": _put(".git/refs/heads/main", b""),
    "branch of noughts": _put(".git/refs/heads/main", b"\0" * 41),
    "branch garbled": _put(".git/refs/heads/main", b"\xff\xfeno branch\n"),
    "branch names nothing": _branch_to(NOWHERE),
    "branch names a file": _branch_to("HEAD:school.yaml"),
    "branch names a tree": _branch_to("HEAD^{tree}"),
    "branch lost": _gone(".git/refs/heads/main"),
    "branch is a folder": _folder(".git/refs/heads/main"),
    "no folder of branches": _gone(".git/refs"),
    "refs is a file": _put(".git/refs", b""),
    "packed-refs garbled": _put(".git/packed-refs", b"\x00\xffgarbage\nmore\n"),
    "packed-refs with a bad line": _put(".git/packed-refs", b"abc refs/heads/x\n"),
    "packed-refs is a folder": _folder(".git/packed-refs"),
    "packed-refs names nothing": _put(
        ".git/packed-refs", f"{NOWHERE} refs/heads/other\n".encode()
    ),
    "another name garbled": _put(".git/refs/remotes/origin/main", b"garbage"),
    "a copy of the branch": _also(".git/refs/heads/main", " (conflicted copy)"),
    "a copy of an older branch": _also(".git/refs/remotes/origin/main", " (1)"),
    "another program's file": _put(".git/refs/heads/desktop.ini", b"[x]\r\n"),
    "another name names nothing": _put(".git/refs/tags/x", NOWHERE.encode()),
    "HEAD lost": _gone(".git/HEAD"),
    "HEAD empty": _put(".git/HEAD", b""),
    "HEAD garbled": _put(".git/HEAD", b"\x00\xff\n"),
    "HEAD is a folder": _folder(".git/HEAD"),
    "HEAD names no branch": _put(".git/HEAD", b"ref: refs/heads/other\n"),
    "HEAD names an odd branch": _put(".git/HEAD", b"ref: refs/heads/../../x\n"),
    "HEAD names a lost commit": _put(".git/HEAD", f"{NOWHERE}\n".encode()),
    "history of another repository": _put(".git/shallow", b"garbage\n"),
    "graph of commits garbled": _put(".git/objects/info/commit-graph", b"CGPHx"),
    "list of packs garbled": _put(".git/objects/pack/multi-pack-index", b"MIDXx"),
    "borrowed from nowhere": _put(".git/objects/info/alternates", b"/nowhere\n"),
}
SETTINGS: dict[str, Damage] = {
    "config lost": _gone(".git/config"),
    "config empty": _put(".git/config", b""),
    "config garbled": _put(".git/config", b"\x00\x01\xff"),
    "config half written": _put(".git/config", b'[core]\n\tbare = fal\n[remote "or'),
    "config is a folder": _folder(".git/config"),
    "config with a bad value": _set("core.filemode", "maybe"),
    "config with a bad number": _set("core.compression", "many"),
    "config with a bad yes or no": _set("core.bare", "perhaps"),
    "config with an odd word": _set("branch.autoSetupRebase", "maybe"),
    "config with a bad letter": _set("core.commentChar", "many"),
    "config with a bad difference": _set("diff.algorithm", "maybe"),
    "config with a bad pack": _set("pack.window", "maybe"),
    "config with a bad promise": _set("remote.x.promisor", "maybe"),
    "config that brings in what is none": _set("include.path", "HEAD"),
    "config that says bare": _set("core.bare", "true"),
    "format of a newer git": _set("core.repositoryformatversion", "9"),
    "format that is no number": _set("core.repositoryformatversion", "new"),
    "unknown extension": _more(".git/config", f"{_NEWER}\tx = 1\n"),
    "another form of names": _more(
        ".git/config",
        f"{_NEWER}\tobjectformat = sha256\n",
    ),
    "another form of branches": _more(
        ".git/config",
        f"{_NEWER}\trefstorage = reftable\n",
    ),
    "files elsewhere": _set("core.worktree", "/nowhere/at/all"),
    "includes itself": _set("include.path", "config"),
    "remote without an address": _set("remote.origin.fetch", "+refs/*:refs/*"),
    "remote with an odd address": _set("remote.origin.url", "ext::touch x"),
    "remote that is nowhere": _set("remote.origin.url", "/nowhere/at/all"),
}
INDEX: dict[str, Damage] = {
    "index lost": _gone(".git/index"),
    "index empty": _put(".git/index", b""),
    "index garbled": _put(".git/index", b"\xff" * 500),
    "index of noughts": _put(".git/index", b"\0" * 900),
    "index cut": _index(lambda data: data[: len(data) // 2]),
    "index with one byte changed": _index(_flip),
    "index without its sum": _index(lambda data: data[:-20]),
    "index of a newer git": _index(lambda data: data[:4] + b"\0\0\0\x09" + data[8:]),
    "index is a folder": _folder(".git/index"),
}
BESIDE: dict[str, Damage] = {
    "lock of the index": _put(".git/index.lock", b""),
    "lock of the branch": _put(".git/refs/heads/main.lock", b""),
    "lock of HEAD": _put(".git/HEAD.lock", b""),
    "lock of packed-refs": _put(".git/packed-refs.lock", b""),
    "lock of the config": _put(".git/config.lock", b""),
    "journal garbled": _put(".git/sencli/journal", b"\x00garbage"),
    "journal of another shape": _put(".git/sencli/journal", b"[1, 2]"),
    "journal is a folder": _folder(".git/sencli/journal"),
    "our folder is a file": _put(".git/sencli", b""),
    "our lock is a folder": _folder(".git/sencli/lock"),
    "our rows garbled": _put(".git/sencli/rows-who.json", b"\x00"),
    "logs is a file": _put(".git/logs", b""),
    "log garbled": _put(".git/logs/HEAD", b"\x00\xffgarbage\n"),
    "hooks is a file": _put(".git/hooks", b""),
    "info is a file": _put(".git/info", b""),
    "a merge from nowhere": _put(".git/MERGE_HEAD", b"garbage"),
    "a rebase from nowhere": _folder(".git/rebase-merge"),
}
FILES: dict[str, Damage] = {
    "pupils lost": _gone("pupils"),
    "pupils is a file": _put("pupils", b""),
    "the school's file gone": _gone("school.yaml"),
    "the groups' file gone": _gone("groups.yaml"),
    "the provisions' file gone": _gone("provisions.yaml"),
    "schemas gone": _gone(".sencli"),
    "attributes gone": _gone(".gitattributes"),
    "all files of noughts": _all_unreadable,
    "a record is a folder": _folder("pupils/p2222.yaml"),
    "templates is a file": _put("templates", b""),
}
FIFOS: dict[str, Damage] = {
    "HEAD is a pipe": _fifo(".git/HEAD"),
    "index is a pipe": _fifo(".git/index"),
    "school.yaml is a pipe": _fifo("school.yaml"),
}
DAMAGES = HISTORY | SETTINGS | INDEX | BESIDE | FILES
