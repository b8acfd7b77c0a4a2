"""The history without one pupil: what goes, what stays, and what says so."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks import acts
from sencli.core.audit import erasure
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.erasure.erase import Eraser
from sencli.store.git import objects
from sencli.store.git.pack import Packer
from sencli.store.git.pack import difference
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from sencli.value import replace
from tests.cases import each_case
from tests.store.conftest import assert_clean

GONE, STAYS = acts.IDS[0], acts.IDS[1]
GROUND = "End of retention"
DAY = "2025-10-20"


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace").strip()


@pytest.fixture
def records(tmp_path: Path) -> Repository:
    """Six pupils; notes on one, on two, on all; a document of the one that goes."""
    made = Repository.create(tmp_path / "oak", acts.starting_files(), acts.INIT)
    with made.batch() as batch:
        for pupil_id in acts.IDS:
            batch.change(acts.adds(pupil_id))
    made.change(acts.notes("mine", GONE))
    made.change(acts.notes("both", GONE, STAYS))

    def document(draft: Draft) -> Message:
        draft.put_bytes(f"documents/{GONE}/a.pdf", b"%PDF secret of the one")
        return Message("document.add", f"Attach a document for {GONE}")

    made.change(document)
    made.change(acts.notes("all", *acts.IDS))
    return made


def eraser(records: Repository, pupil_id: str = GONE) -> Eraser:
    return Eraser(records, pupil_id)


def raw_objects(root: Path) -> bytes:
    """Every object's content, whether anything leads to it or not."""
    args = ["git", "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    return subprocess.run(args, cwd=root, capture_output=True, check=True).stdout


def test_nothing_is_left_and_nothing_else_is_missing(records: Repository) -> None:
    root = records.root
    before = {p.name: p.read_bytes() for p in (root / "pupils").iterdir()}
    dates = git(root, "log", "--format=%an %ae %at %ct", "--", f"pupils/{STAYS}.yaml")
    plan = eraser(records).plan()
    assert plan.gone == 3  # added, noted alone, attached
    assert set(plan.paths) == {f"pupils/{GONE}.yaml", f"documents/{GONE}/a.pdf"}
    done = eraser(records).erase(GROUND, DAY)
    assert (done.gone, done.rewritten) == (plan.gone, plan.rewritten)
    assert done.warning == ""
    for data in (
        raw_objects(root),
        *(p.read_bytes() for p in root.rglob("*") if p.is_file()),
    ):
        assert GONE.encode() not in data
        assert b"secret of the one" not in data
    del before[f"{GONE}.yaml"]
    assert {p.name: p.read_bytes() for p in (root / "pupils").iterdir()} == before
    assert dates == git(
        root, "log", "--format=%an %ae %at %ct", "--", f"pupils/{STAYS}.yaml"
    )
    assert_clean(root)
    assert records.change(acts.notes("after", STAYS)).commit
    assert_clean(root)


def test_messages_lose_the_id_and_keep_their_sense(records: Repository) -> None:
    eraser(records).erase(GROUND, DAY)
    told = git(records.root, "log", "--format=%B")
    assert GONE not in told
    assert f"Pupil: {STAYS}" in told


def test_what_was_before_the_pupil_keeps_its_name(records: Repository) -> None:
    last = acts.IDS[-1]
    names = git(records.root, "log", "--reverse", "--format=%H").splitlines()
    eraser(records, last).erase(GROUND, DAY)
    now = git(records.root, "log", "--reverse", "--format=%H").splitlines()
    assert now[: len(acts.IDS)] == names[: len(acts.IDS)]


def test_branches_tags_and_remote_names_follow(records: Repository) -> None:
    root = records.root
    git(root, "branch", "older", "HEAD~1")
    git(root, "tag", "light", "HEAD~1")
    git(root, "tag", "-a", "-m", f"As {GONE} had it", "heavy", "HEAD~1")
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(root, "pack-refs", "--all")
    eraser(records).erase(GROUND, DAY)
    assert git(root, "for-each-ref", "refs/remotes") == ""
    assert git(root, "rev-parse", "older") == git(root, "rev-parse", "HEAD~2")
    assert git(root, "rev-parse", "light^{commit}") == git(root, "rev-parse", "HEAD~2")
    assert git(root, "rev-parse", "heavy^{commit}") == git(root, "rev-parse", "HEAD~2")
    assert GONE not in git(root, "for-each-ref", "--format=%(contents)")
    assert GONE.encode() not in raw_objects(root)
    assert_clean(root)


def test_a_merge_keeps_both_sides(records: Repository) -> None:
    root = records.root
    git(root, "branch", "side")
    records.change(acts.notes("here", STAYS))
    git(root, "switch", "-q", "side")
    Repository(root).change(acts.notes("there", acts.IDS[2]))
    Repository(root).change(acts.notes("only", GONE))
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", f"Join {GONE}", "side")
    eraser(records).erase(GROUND, DAY)
    parents = git(root, "log", "-1", "--format=%P", "HEAD~1").split()
    assert len(parents) == 2
    assert "an erased pupil" in git(root, "log", "-1", "--format=%s", "HEAD~1")
    assert_clean(root)


def test_the_same_history_gives_the_same_commits(
    records: Repository, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", str(records.root), "copy")
    git(tmp_path / "copy", "remote", "remove", "origin")
    one = eraser(records).erase(GROUND, DAY, "00" * 16)
    copy = Repository(tmp_path / "copy")
    other = eraser(copy).erase(GROUND, DAY, "00" * 16)
    assert git(records.root, "rev-parse", "HEAD~1") == git(
        copy.root, "rev-parse", "HEAD~1"
    )
    texts = [(r.root / one.path).read_text("utf-8") for r in (records, copy)]
    assert texts[0] == texts[1]
    assert one.path == other.path


def test_the_certificate_tells_all_but_who(records: Repository) -> None:
    old = git(records.root, "log", "--format=%H").splitlines()
    had, other = (
        git(records.root, "rev-parse", f"HEAD:pupils/{one}.yaml")
        for one in (GONE, STAYS)
    )
    done = eraser(records).erase(GROUND, DAY)
    text = (records.root / done.path).read_text("utf-8")
    found = erasure.Certificate.parse(text)
    assert not any(erasure.hashed(one, found.salt) in text for one in acts.IDS)
    assert (found.ground, found.date, found.before) == (GROUND, DAY, old[0])
    assert found.after == git(records.root, "rev-parse", "HEAD~1")
    assert found.recognises(GONE, [other, had])
    assert not found.recognises(GONE, [other])
    assert had not in text
    assert GONE not in text
    assert set(found.commits) == set(old[: len(found.commits)])
    with pytest.raises(InvalidValue):
        erasure.Certificate.parse(text.replace(GROUND, "Another\n"))
    with pytest.raises(InvalidValue):
        erasure.Certificate.parse(text + "more\n")


def test_one_after_the_other(records: Repository) -> None:
    first = eraser(records).erase(GROUND, DAY)
    eraser(records, acts.IDS[2]).erase("Asked for", DAY)
    assert (records.root / first.path).exists()
    assert acts.IDS[2].encode() not in raw_objects(records.root)
    assert_clean(records.root)


def test_everybody_may_be_erased(tmp_path: Path) -> None:
    made = Repository.create(tmp_path / "oak", acts.starting_files(), acts.INIT)
    made.change(acts.adds(GONE))
    eraser(made).erase(GROUND, DAY)
    assert not (made.root / "pupils").exists()
    assert_clean(made.root)


def test_what_is_not_there_cannot_be_erased(records: Repository) -> None:
    with pytest.raises(NotFound):
        eraser(records, "pzzzz").plan()


def staged(root: Path) -> None:
    (root / "note.txt").write_text("x", "utf-8", newline="\n")
    git(root, "add", "note.txt")


def edited(root: Path) -> None:
    with (root / "pupils" / f"{STAYS}.yaml").open(
        "a", encoding="utf-8", newline="\n"
    ) as file:
        file.write("# mine\n")


def stashed(root: Path) -> None:
    edited(root)
    git(root, "stash", "-q")


def merging(root: Path) -> None:
    (root / ".git/MERGE_HEAD").write_text(
        git(root, "rev-parse", "HEAD"), "utf-8", newline="\n"
    )


def detached(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")


def behind(root: Path) -> None:
    made = git(root, "commit-tree", "-p", "HEAD", "-m", "theirs", "HEAD^{tree}")
    git(root, "update-ref", "refs/remotes/origin/main", made)


def second_folder(root: Path) -> None:
    git(root, "worktree", "add", "-q", "--detach", "../second")


def named(root: Path) -> None:
    git(root, "branch", f"about-{GONE}")


def noted(root: Path) -> None:
    git(root, "update-ref", "refs/mine/x", "HEAD")


@pytest.mark.parametrize(
    "spoil",
    [staged, edited, stashed, merging, detached, behind, second_folder, named, noted],
)
def test_refused_while_something_is_in_the_way(
    records: Repository, spoil: Callable[[Path], None]
) -> None:
    root = records.root
    spoil(root)
    before = git(root, "for-each-ref"), raw_objects(root).count(GONE.encode())
    for attempt in (
        lambda: eraser(records).plan(),
        lambda: eraser(records).erase(GROUND, DAY),
    ):
        with pytest.raises(Conflict):
            attempt()
    assert (git(root, "for-each-ref"), raw_objects(root).count(GONE.encode())) == before
    assert (root / ".git/sencli/journal").stat().st_size == 0


def test_caches_and_notes_go_and_other_drafts_stay(records: Repository) -> None:
    inside = records.root / ".git"
    drafts = inside / "sencli/drafts"
    drafts.mkdir()
    (drafts / f"{GONE}.yaml").write_text("mine", "utf-8", newline="\n")
    (drafts / "other.txt").write_text("to be kept", "utf-8", newline="\n")
    (inside / "sencli/rows-who.json").write_text(GONE, "utf-8", newline="\n")
    (inside / "ORIG_HEAD").write_text("x", "utf-8", newline="\n")
    (inside / "lost-found/other").mkdir(parents=True)
    (inside / "lost-found/other/x").write_text(GONE, "utf-8", newline="\n")
    git(records.root, "commit-graph", "write", "--reachable", "--changed-paths")
    eraser(records).erase(GROUND, DAY)
    assert [p.name for p in drafts.iterdir()] == ["other.txt"]
    assert not (inside / "lost-found").exists()
    assert not (inside / "ORIG_HEAD").exists()
    assert not (inside / "sencli/rows-who.json").exists()
    assert (inside / "objects/info/commit-graph").exists()
    git(records.root, "commit-graph", "verify")


def test_a_branch_that_moves_meanwhile_stops_it(
    records: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sencli.store.change import refs

    before = git(records.root, "rev-parse", "HEAD")
    start = refs.start

    def late(*args: Any) -> None:
        git(records.root, "commit", "-q", "--allow-empty", "-m", "by hand")
        start(*args)

    monkeypatch.setattr(refs, "start", late)
    with pytest.raises(Conflict, match="Another program"):
        eraser(records).erase(GROUND, DAY)
    assert git(records.root, "rev-parse", "HEAD~1") == before
    assert (records.root / ".git/sencli/journal").stat().st_size == 0


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=90), st.binary(max_size=400))
def test_differences_are_read_back_by_git_itself(
    before: bytes, middle: bytes, after: bytes
) -> None:
    """Applied as git's format says, the difference gives the new content."""
    old, new = before + b"the old middle" + after, before + middle + after
    assert applied(old, difference(old, new)) == new
    assert applied(new, difference(new, old)) == old


def applied(old: bytes, told: bytes) -> bytes:
    """A reader of git's differences, by its documentation."""
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = told[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value

    assert number() == len(old)
    size, out = number(), b""
    while at < len(told):
        order = told[at]
        at += 1
        if not order & 0x80:
            out += told[at : at + order]
            at += order
            continue
        fields = []
        for bit in range(7):
            fields.append(told[at] if order & 1 << bit else 0)
            at += bool(order & 1 << bit)
        start = int.from_bytes(fields[:4], "little")
        length = int.from_bytes(fields[4:], "little") or 0x10000
        out += old[start : start + length]
    assert len(out) == size
    return out


def test_a_long_list_is_packed_as_differences_that_git_reads(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "x")
    packer = Packer()
    names = [f"p{n:04}.yaml".encode() for n in range(3000)]
    last = None
    made = []
    for round_ in range(60):
        entries = {
            name: (
                objects.FILE,
                objects.blob(f"{round_ * (n == 70 * (round_ % 40))}".encode()),
            )
            for n, name in enumerate(names)
        }
        data = objects.tree(entries)
        last = packer.add(b"tree", data, last), data
        made.append((last[0], data))
    stream = b"".join(packer.stream())
    assert len(stream) < 4 * len(made[0][1])
    subprocess.run(
        ["git", "index-pack", "--stdin"],
        cwd=tmp_path / "x",
        input=stream,
        check=True,
        capture_output=True,
    )
    for name, data in made:
        args = ["git", "cat-file", "tree", name]
        done = subprocess.run(args, cwd=tmp_path / "x", capture_output=True, check=True)
        assert done.stdout == data


NAMES = st.text("0123456789abcdef", min_size=40, max_size=40)
CERTIFICATE = erasure.Certificate(
    DAY,
    GROUND,
    "1" * 40,
    "2" * 40,
    erasure.method("00" * 16),
    {"1" * 40: "2" * 40, "3" * 40: "2" * 40},
    frozenset(["3" * 40]),
    (erasure.hashed("4" * 40, "00" * 16),),
)
OLD = replace(
    CERTIFICATE,
    known_by=f"{CERTIFICATE.known_by} {erasure.hashed(GONE, '00' * 16)}",
    contents=(),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, NAMES, max_size=5), st.data())
def test_certificates_are_read_back(
    commits: dict[str, str], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(commits)))) if commits else ()
    made = replace(CERTIFICATE, commits=commits, gone=frozenset(gone))
    assert erasure.Certificate.parse(made.text()) == made


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 600), st.integers(0, 3), st.text(max_size=3))
def test_an_altered_certificate_is_another_or_none(at: int, n: int, new: str) -> None:
    text = CERTIFICATE.text()
    odd = text[:at] + new + text[at + n :]
    try:
        found = erasure.Certificate.parse(odd)
    except InvalidValue:
        return
    assert found.text() == odd
    assert found.recognises(STAYS, ["5" * 40]) is False


def test_a_certificate_of_old_is_still_read_and_knows_the_id() -> None:
    found = erasure.Certificate.parse(OLD.text())
    assert OLD.text().startswith("sencli erasure certificate 1\n")
    assert found == OLD
    assert found.about_a_pupil
    assert found.recognises(GONE, [])
    assert not found.recognises(STAYS, [])


WORD = erasure.word(["p7k2q"])


@each_case(
    ("said", "becomes"),
    [
        (b"Open a cycle for p7k2q\n", b"Open a cycle for an erased pupil\n"),
        (b"x\n\nPupil: p7k2q\nPupil: pabcd\n", b"x\n\nPupil: pabcd\n"),
        (b"P7K2Q-old\n", b"an erased pupil-old\n"),
        (b"ap7k2q p7k2qx\n", b"ap7k2q p7k2qx\n"),
    ],
)
def test_neutral_words(said: bytes, becomes: bytes) -> None:
    assert erasure.neutral(said, WORD, {}) == becomes


def test_an_undo_names_what_it_undoes_by_its_new_name() -> None:
    old, new = "a" * 40, "b" * 40
    said = f"Undo: x\n\nAction: undo\nUndoes: {old}\n".encode()
    assert erasure.neutral(said, WORD, {old: new}) == said.replace(
        old.encode(), new.encode()
    )


@each_case(
    "ground",
    ["", "x" * 201, "Amelia left", "about p7k2q", "Ask P999900024001", "a\x07b"],
)
def test_a_ground_names_nobody(ground: str) -> None:
    private = ["p7k2q", "Amelia", "Khan", "P999900024001"]
    with pytest.raises(InvalidValue):
        erasure.checked_ground(ground, private)
    assert erasure.checked_ground("End of  retention", private) == "End of retention"


def test_contents_are_hashed_with_salt() -> None:
    one, other = (erasure.hashed("4" * 40, salt * 16) for salt in ("00", "01"))
    assert one != other
    assert re.fullmatch("[0-9a-f]{64}", one)
