"""The write path in ordinary and in awkward situations; each named after its hazard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sencli.errors import Busy
from sencli.errors import Conflict
from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.change import commit
from sencli.store.git.process import fault
from sencli.store.records.committed import Tree
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from tests.store.conftest import INIT
from tests.store.conftest import OTHER
from tests.store.conftest import PUPIL
from tests.store.conftest import adds
from tests.store.conftest import assert_clean
from tests.store.conftest import concerns
from tests.store.conftest import git
from tests.store.conftest import notes
from tests.store.conftest import pupil
from tests.store.conftest import starting_files
from tests.systems import LIKE_WINDOWS
from tests.systems import is_root
from tests.systems import posix

HOOKS = (
    "pre-commit",
    "commit-msg",
    "post-commit",
    "reference-transaction",
    "post-index-change",
    "post-checkout",
    "pre-auto-gc",
)
PROGRAMS = (
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.sshCommand",
    "core.alternateRefsCommand",
    "credential.helper",
    "diff.external",
    "diff.x.command",
    "diff.x.textconv",
    "filter.x.clean",
    "filter.x.process",
    "filter.x.smudge",
    "gpg.program",
    "gpg.ssh.defaultKeyCommand",
    "gpg.ssh.program",
    "merge.x.driver",
    "sequence.editor",
    "uploadpack.packObjectsHook",
)


def head(repository: Repository) -> str:
    return git(repository.root, "rev-parse", "HEAD").strip()


def test_a_change_is_one_commit_with_its_trailers(repository: Repository) -> None:
    written = repository.change(notes("worried", PUPIL, OTHER))
    assert written.commit == head(repository)
    assert written.paths == (OTHER, PUPIL)
    assert written.warning == ""
    message = git(repository.root, "log", "-1", "--format=%B")
    assert message.strip() == (
        "Record a concern\n\nPupil: p3dfb\nPupil: p7k2q\nAction: concern.add"
    )
    assert_clean(repository.root)


def test_nothing_changed_is_no_commit(repository: Repository) -> None:
    before = head(repository)

    def act(draft: Draft) -> Message:
        draft.put(PUPIL, draft.read(PUPIL))
        return Message("pupil.set", "Set nothing")

    assert repository.change(act).commit == ""
    assert head(repository) == before


def test_a_draft_reads_its_own_puts(repository: Repository) -> None:
    def act(draft: Draft) -> Message:
        assert not draft.exists("pupils/p4fgh.yaml")
        record = pupil("p4fgh")
        draft.put("pupils/p4fgh.yaml", record)
        record["first_name"] = "changed afterwards"
        draft.read(PUPIL)["first_name"] = "a copy"
        draft.put_bytes("documents/p7k2q/report.pdf", b"%PDF")
        draft.delete(OTHER)
        assert draft.read("pupils/p4fgh.yaml")["first_name"] == "Amelia"
        assert draft.read(PUPIL)["first_name"] == "Amelia"
        assert draft.pupil_ids() == ["p4fgh", "p7k2q"]
        assert draft.exists("pupils/p4fgh.yaml")
        assert not draft.exists(OTHER)
        with pytest.raises(NotFound):
            draft.delete(OTHER)
        return Message("pupil.add", "Add and remove")

    repository.change(act)
    assert repository.pupil_ids() == ["p4fgh", "p7k2q"]
    assert repository.read_bytes("documents/p7k2q/report.pdf") == b"%PDF"
    assert not (repository.root / OTHER).exists()
    assert_clean(repository.root)


def test_an_emptied_folder_goes(repository: Repository) -> None:
    def first(draft: Draft) -> Message:
        draft.put_bytes("documents/p7k2q/report.pdf", b"%PDF")
        return Message("document.add", "Add a document")

    def second(draft: Draft) -> Message:
        draft.delete("documents/p7k2q/report.pdf")
        return Message("document.remove", "Remove a document")

    repository.change(first)
    repository.change(second)
    assert not (repository.root / "documents").exists()
    assert_clean(repository.root)


def test_an_act_that_fails_changes_nothing(repository: Repository) -> None:
    def act(draft: Draft) -> Message:
        draft.put(PUPIL, pupil("p7k2q", "Ann"))
        raise InvalidValue("no")

    before = head(repository)
    with pytest.raises(InvalidValue):
        repository.change(act)
    assert head(repository) == before
    assert_clean(repository.root)


@pytest.mark.parametrize(
    "message",
    [
        Message("a.b", "two\nlines"),
        Message("a.b", ""),
        Message("a.b", "x", (("Cycle", "y2qf\n\nSigned-off-by: x"),)),
        Message("a.b", "x", (("Bad key", "v"),)),
        Message("A B", "x"),
        Message("a.b", "x" * 300),
        Message("a.b", "\x1b[2J"),
        Message("a.b", "\ud800"),
    ],
)
def test_commit_message_injection_is_refused(
    repository: Repository, message: Message
) -> None:
    def act(draft: Draft) -> Message:
        draft.put(PUPIL, pupil("p7k2q", "Ann"))
        return message

    with pytest.raises(InvalidValue):
        repository.change(act)
    assert_clean(repository.root)


def test_an_invalid_record_is_refused(repository: Repository) -> None:
    before = head(repository)
    with pytest.raises(InvalidValue, match=r"pupils/p7k2q\.yaml.*date_of_birth"):
        repository.change(adds(PUPIL, pupil("p7k2q") | {"date_of_birth": "30/02/2025"}))
    assert head(repository) == before


def test_hand_edited_record_is_refused_and_kept(repository: Repository) -> None:
    path = repository.root / PUPIL
    edited = path.read_text("utf-8") + "known_as: Millie\n"
    path.write_text(edited, "utf-8", newline="\n")
    with pytest.raises(Conflict, match="edited by hand") as caught:
        repository.change(notes("x"))
    assert "sen commit" in caught.value.hint
    assert path.read_text("utf-8") == edited
    assert repository.change(notes("other", OTHER)).commit
    assert path.read_text("utf-8") == edited
    assert repository.differing() == [PUPIL]


def test_hand_deleted_record_is_not_written_over(repository: Repository) -> None:
    (repository.root / PUPIL).unlink()
    with pytest.raises(Conflict, match="gone from the folder"):
        repository.change(notes("x"))
    assert not (repository.root / PUPIL).exists()


def test_adopt_takes_a_valid_hand_edit_as_it_stands(repository: Repository) -> None:
    path = repository.root / PUPIL
    path.write_text(
        path.read_text("utf-8") + "known_as: Millie   # as she likes it\n",
        "utf-8",
        newline="\n",
    )
    (repository.root / OTHER).unlink()
    message = Message("commit", "Take in edits made by hand")
    written = repository.adopt(repository.differing(), message)
    assert written.paths == (OTHER, PUPIL)
    assert "# as she likes it" in path.read_text("utf-8")
    assert_clean(repository.root)
    assert repository.differing() == []
    assert repository.change(notes("x")).commit
    assert "# as she likes it" in path.read_text("utf-8")
    assert_clean(repository.root)


def test_adopt_refuses_an_invalid_hand_edit_with_its_line(
    repository: Repository,
) -> None:
    path = repository.root / PUPIL
    lines = path.read_text("utf-8").count("\n")
    path.write_text(
        path.read_text("utf-8") + "date_of_birth: '30/02/2025'\n", "utf-8", newline="\n"
    )
    with pytest.raises(InvalidValue, match=rf"p7k2q\.yaml:{lines + 1}: "):
        repository.adopt([PUPIL], Message("commit", "Take in edits"))
    assert repository.differing() == [PUPIL]


def test_untracked_record_is_seen_and_not_written_over(repository: Repository) -> None:
    (repository.root / "pupils/p4fgh.yaml").write_text(
        "schema: 1\n", "utf-8", newline="\n"
    )
    assert repository.differing() == ["pupils/p4fgh.yaml"]
    with pytest.raises(Conflict):
        repository.change(adds("pupils/p4fgh.yaml", pupil("p4fgh")))


def test_staged_files_stay_staged_and_out_of_our_commit(
    repository: Repository,
) -> None:
    (repository.root / "letter.txt").write_text("mine", "utf-8", newline="\n")
    (repository.root / "school.yaml").write_text(
        "schema: 1\nname: Elm\n", "utf-8", newline="\n"
    )
    git(repository.root, "add", "letter.txt", "school.yaml")
    (repository.root / "groups.yaml").write_text(
        "schema: 1\n# unstaged\n", "utf-8", newline="\n"
    )
    repository.change(notes("x"))
    names = git(repository.root, "show", "--name-only", "--format=").split()
    assert names == [PUPIL]
    status = git(repository.root, "status", "--porcelain").splitlines()
    assert sorted(status) == [" M groups.yaml", "A  letter.txt", "M  school.yaml"]


def test_a_record_staged_by_hand_is_refused(repository: Repository) -> None:
    path = repository.root / PUPIL
    clean = path.read_text("utf-8")
    path.write_text(clean + "known_as: Millie\n", "utf-8", newline="\n")
    git(repository.root, "add", PUPIL)
    path.write_text(clean, "utf-8", newline="\n")
    with pytest.raises(Conflict):
        repository.change(notes("x"))
    assert git(repository.root, "status", "--porcelain").startswith("MM")


def test_crlf_checkout_is_the_same_record(repository: Repository) -> None:
    path = repository.root / PUPIL
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert repository.differing() == []
    repository.change(notes("x"))
    assert b"\r" not in path.read_bytes()
    assert_clean(repository.root)


def test_autocrlf_leaves_bytes_as_given(repository: Repository) -> None:
    git(repository.root, "config", "core.autocrlf", "true")
    repository.change(notes("x"))
    shown = git(repository.root, "show", f"HEAD:{PUPIL}")
    assert shown == (repository.root / PUPIL).read_text("utf-8")
    assert "\r" not in shown


@pytest.mark.parametrize(
    ("name", "advice"),
    [("MERGE_HEAD", "merge"), ("rebase-merge", "rebase"), ("BISECT_LOG", "reset")],
)
def test_merge_or_rebase_in_progress_is_refused(
    repository: Repository, name: str, advice: str
) -> None:
    before = head(repository)
    (repository.root / ".git" / name).write_text(before, "utf-8", newline="\n")
    with pytest.raises(Conflict) as caught:
        repository.change(notes("x"))
    assert advice in caught.value.hint
    assert head(repository) == before


def test_a_real_merge_conflict_is_refused(repository: Repository) -> None:
    git(repository.root, "switch", "-q", "-c", "other", "HEAD~1")
    repository.change(adds(OTHER, pupil("p3dfb", "Bea")))
    git(repository.root, "merge", "main", check=False)
    with pytest.raises(Conflict, match="merge is in progress"):
        repository.change(notes("x", OTHER))


def test_detached_head_is_refused(repository: Repository) -> None:
    git(repository.root, "checkout", "-q", "--detach")
    with pytest.raises(Conflict, match="not on a branch") as caught:
        repository.change(notes("x"))
    assert "git switch" in caught.value.hint


def test_unborn_branch_gets_its_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "elm")
    (tmp_path / "elm/school.yaml").write_text(
        "schema: 1\nname: Elm\n", "utf-8", newline="\n"
    )
    elm = Repository.find(str(tmp_path / "elm"))
    assert elm.differing() == ["school.yaml"]
    elm.change(adds(PUPIL, pupil("p7k2q")))
    elm.adopt(["school.yaml"], Message("commit", "Take in the school"))
    assert_clean(elm.root)
    assert git(elm.root, "rev-list", "--count", "HEAD").strip() == "2"


def test_no_identity_is_refused_before_any_change(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(os.environ["HOME"], ".gitconfig").write_text("", "utf-8", newline="\n")
    monkeypatch.delenv("EMAIL", raising=False)
    before = head(repository)
    with pytest.raises(EnvironmentFault, match="who you are") as caught:
        repository.change(notes("x"))
    assert "git config --global user.name" in caught.value.hint
    assert head(repository) == before
    assert_clean(repository.root)
    with pytest.raises(EnvironmentFault, match="who you are"):
        Repository.create(repository.root.parent / "elm", starting_files(), INIT)
    assert not (repository.root.parent / "elm").exists()


def test_identity_and_dates_of_the_environment_count(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "A. <Deputy>\n")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "deputy@oak.example")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2025-09-15T09:30:00+01:00")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2025-09-15T09:30:00+01:00")
    repository.change(notes("x"))
    shown = git(repository.root, "log", "-1", "--format=%an <%ae> %aI %cI")
    assert shown.startswith("A. Deputy <deputy@oak.example> 2025-09-15T09:30:00+01:00")
    repository.change(notes("y"), 1_700_000_000)
    assert git(repository.root, "log", "-1", "--format=%ct").strip() == "1700000000"


def test_without_a_home(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "J. Patel")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "J. Patel")
    monkeypatch.setenv("EMAIL", "senco@oak.example")
    assert repository.change(notes("x")).commit
    author = git(repository.root, "log", "-1", "--format=%an <%ae>").strip()
    assert author == "J. Patel <senco@oak.example>"


def test_git_missing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.root))
    with pytest.raises(EnvironmentFault, match="not installed"):
        Repository.find(str(repository.root)).change(notes("x"))


@posix("a git that is a script")
def test_git_too_old(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "old/git"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho git version 2.30.9\n", "utf-8", newline="\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent))
    with pytest.raises(EnvironmentFault, match=r"2\.30 is too old"):
        Repository.find(str(repository.root)).change(notes("x"))


def test_foreign_index_lock_is_kept_and_the_commit_is_done(
    repository: Repository,
) -> None:
    lock = repository.root / ".git/index.lock"
    lock.write_text("theirs", "utf-8", newline="\n")
    written = repository.change(notes("one"))
    assert "index" in written.warning
    assert "seconds old" in written.warning
    second = repository.change(notes("two"))
    assert "index" in second.warning
    assert lock.read_text("utf-8") == "theirs"
    assert concerns(repository) == ["one", "two"]
    lock.unlink()
    assert concerns(Repository.find(str(repository.root))) == ["one", "two"]
    assert_clean(repository.root)


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
def test_foreign_ref_lock_is_kept_and_told(repository: Repository, name: str) -> None:
    lock = repository.root / ".git" / name
    lock.write_text("0" * 40, "utf-8", newline="\n")
    before = head(repository)
    with pytest.raises(Busy, match="old") as caught:
        repository.change(notes("one"))
    assert "delete the file" in caught.value.hint
    assert head(repository) == before
    assert lock.exists()
    lock.unlink()
    assert repository.change(notes("two")).commit
    assert_clean(repository.root)


def test_user_commits_during_our_write(repository: Repository) -> None:
    calls = []

    def act(draft: Draft) -> Message:
        calls.append(1)
        if len(calls) == 1:
            (repository.root / "letter.txt").write_text("mine", "utf-8", newline="\n")
            git(repository.root, "add", "letter.txt")
            git(repository.root, "commit", "-qm", "theirs")
        return notes("ours")(draft)

    repository.change(act)
    assert len(calls) == 2
    assert concerns(repository) == ["ours"]
    assert git(repository.root, "show", "HEAD:letter.txt") == "mine"
    assert_clean(repository.root)


def test_user_commits_again_and_again(repository: Repository) -> None:
    def act(draft: Draft) -> Message:
        git(repository.root, "commit", "-q", "--allow-empty", "-m", "theirs")
        return notes("ours")(draft)

    with pytest.raises(Busy, match="keeps committing"):
        repository.change(act)
    assert concerns(repository) == []
    assert_clean(repository.root)


def test_read_only_git_folder_changes_nothing(repository: Repository) -> None:
    if is_root() or LIKE_WINDOWS:
        # nothing forbids it to write: take the folder of the objects away instead
        store = repository.root / ".git/objects"
        shutil.move(store, repository.root.parent / "objects")
        store.write_text("", "utf-8", newline="\n")
    else:
        (repository.root / ".git/objects").chmod(0o500)
    before = (repository.root / PUPIL).read_bytes()
    with pytest.raises((EnvironmentFault, IntegrityFault)):
        repository.change(notes("x"))
    assert (repository.root / PUPIL).read_bytes() == before


def test_git_is_quoted_where_it_is_most_telling() -> None:
    words = "error: insufficient permission for adding an object\nfatal: failed"
    assert "insufficient permission" in fault("git unpack-objects", 128, words).message
    assert "signal 25" in fault("git", -25, "").message


def test_hooks_and_hostile_settings_run_nothing(
    repository: Repository, tmp_path: Path
) -> None:
    evil = tmp_path / "evil.sh"
    marker = tmp_path / "ran"
    evil.write_text(f"#!/bin/sh\necho $0 $@ >> {marker}\ncat\n", "utf-8", newline="\n")
    evil.chmod(0o755)
    hooks = repository.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        shutil.copy(evil, hooks / name)
    for key in PROGRAMS:
        git(repository.root, "config", key, str(evil))
    git(repository.root, "config", "core.hooksPath", str(hooks))
    git(repository.root, "config", "log.showSignature", "true")
    (repository.root / ".git/info").mkdir(exist_ok=True)
    (repository.root / ".git/info/attributes").write_text(
        "* filter=x diff=x merge=x\n", "utf-8", newline="\n"
    )
    marker.unlink(missing_ok=True)
    repository.change(notes("x"))
    (repository.root / PUPIL).touch()
    assert repository.differing() == []
    assert len(repository.history(PUPIL)) == 2
    assert not marker.exists(), marker.read_text("utf-8")


def test_hostile_signing_program_is_not_run(
    repository: Repository, tmp_path: Path
) -> None:
    marker = tmp_path / "ran"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {marker}\n", "utf-8", newline="\n")
    evil.chmod(0o755)
    git(repository.root, "config", "commit.gpgsign", "true")
    git(repository.root, "config", "gpg.program", str(evil))
    git(repository.root, "config", "user.signingkey", "nobody@oak.example")
    with pytest.raises(IntegrityFault, match="could not be signed"):
        repository.change(notes("x"))
    assert not marker.exists()


def test_a_git_of_the_environment_is_not_obeyed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "decoy")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "decoy/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "decoy"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "decoy/index"))
    repository.change(notes("x"))
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_WORK_TREE")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert_clean(repository.root)
    assert concerns(repository) == ["x"]


def test_a_damaged_git_folder_does_not_lead_to_one_above(
    repository: Repository,
) -> None:
    git(repository.root.parent, "init", "-q", ".")
    (repository.root / ".git/objects").rename(repository.root.parent / "away")
    with pytest.raises((EnvironmentFault, IntegrityFault)):
        repository.change(notes("x"))
    assert not (repository.root.parent / ".git/refs/heads/main").exists()


def test_corrupt_object_is_an_integrity_fault(repository: Repository) -> None:
    name = git(repository.root, "rev-parse", f"HEAD:{PUPIL}").strip()
    path = repository.root / ".git/objects" / name[:2] / name[2:]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(IntegrityFault, match="damaged"):
        repository.change(notes("x"))


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 20])
def test_lost_or_corrupt_index_is_rebuilt(
    repository: Repository, content: bytes | None
) -> None:
    path = repository.root / ".git/index"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert repository.change(notes("x")).warning == ""
    assert_clean(repository.root)


@pytest.mark.parametrize("version", ["3", "4"])
def test_an_index_of_another_version(repository: Repository, version: str) -> None:
    git(repository.root, "update-index", "--index-version", version)
    (repository.root / "letter.txt").write_text("mine", "utf-8", newline="\n")
    git(repository.root, "add", "-N", "letter.txt")
    assert repository.change(notes("x")).warning == ""
    status = git(repository.root, "status", "--porcelain")
    assert status == " A letter.txt\n"


def test_a_record_name_longer_than_the_index_field(repository: Repository) -> None:
    path = "documents/p7k2q/" + "a" * 200 + "/" + "b" * 200 + ".pdf"

    def act(draft: Draft) -> Message:
        draft.put_bytes(path, b"%PDF")
        return Message("document.add", "Add a document")

    repository.change(act)
    assert_clean(repository.root)


def test_at_most_four_git_processes(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    class Counted(subprocess.Popen):
        def __init__(self, args, **more):
            started.append(args)
            super().__init__(args, **more)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    repository.change(notes("x", PUPIL, OTHER))
    assert len(started) == 4


def test_branch_names_that_are_options_are_refused(repository: Repository) -> None:
    (repository.root / ".git/HEAD").write_text(
        "ref: refs/heads/--upload-pack=x\n", "utf-8", newline="\n"
    )
    with pytest.raises(EnvironmentFault):
        commit.branch(str(repository.root))


@posix("a limit on the size of what a process writes")
def test_quota_on_file_size(repository: Repository) -> None:
    # -B: what Python compiles would be cut off too, and be found by the next test
    program = f"ulimit -f 1; exec {sys.executable} -B -m benchmarks.acts single "
    root = Path(__file__).resolve().parents[2]
    repository.change(notes(os.urandom(3000).hex(), OTHER))
    before = head(repository)
    done = subprocess.run(
        ["bash", "-c", f"{program} {repository.root}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 7, done.stderr
    assert "Nothing was saved" in done.stderr
    assert head(repository) == before
    assert repository.change(notes("after")).commit
    assert_clean(repository.root)


def test_a_folder_of_another_user_is_left_to_git(repository: Repository) -> None:
    words = "fatal: detected dubious ownership in repository at '/x'"
    assert "another user" in fault("git", 128, words).message
    if is_root():
        for path in (repository.root, *repository.root.rglob("*")):
            os.chown(path, 12345, 12345)
        with pytest.raises(EnvironmentFault, match="another user"):
            repository.change(notes("x"))


def test_a_repository_of_another_object_format(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256", "elm")
    (tmp_path / "elm/school.yaml").write_text(
        "schema: 1\nname: Elm\n", "utf-8", newline="\n"
    )
    git(tmp_path / "elm", "add", ".")
    git(tmp_path / "elm", "commit", "-qm", "by hand")
    with pytest.raises(EnvironmentFault, match="sha256"):
        Repository.find(str(tmp_path / "elm")).change(adds(PUPIL, pupil("p7k2q")))


def test_a_commit_that_points_to_nothing_is_refused_by_git(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = git(repository.root, "rev-parse", "HEAD")
    original = Tree.write

    def lose(self: Tree, box: dict[str, tuple[bytes, bytes]]) -> str:
        name = original(self, box)
        del box[name]
        return name

    monkeypatch.setattr(Tree, "write", lose)
    with pytest.raises(EnvironmentFault):
        repository.change(notes("never"))
    assert git(repository.root, "rev-parse", "HEAD") == before
    assert_clean(repository.root)
