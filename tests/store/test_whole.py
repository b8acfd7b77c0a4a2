"""Large folders: our check in place of git's, and git's for all the rest."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import SencliError
from sencli.store.git import objects
from sencli.store.git.process import Git
from sencli.store.records import whole
from sencli.store.records.committed import LINKS
from sencli.store.records.committed import Tree
from sencli.store.repository.repository import Repository
from tests.store.conftest import PUPIL
from tests.store.conftest import adds
from tests.store.conftest import assert_clean
from tests.store.conftest import git
from tests.store.conftest import notes
from tests.store.conftest import pupil

Entries = dict[bytes, tuple[bytes, str]]
NAMES = [b"p%04d.yaml" % n for n in range(30)] + [b"a", b"a.b", b"a0"]


def named(text: bytes) -> str:
    return objects.blob(text)


def start() -> Entries:
    found = {name: (objects.FILE, named(name)) for name in NAMES}
    found[b"a"] = (objects.FOLDER, named(b"folder"))
    return found


@settings(deadline=None, max_examples=100)
@given(
    st.dictionaries(st.sampled_from([*NAMES, b"new.yaml"]), st.none() | st.binary()),
    st.sampled_from(NAMES),
)
def test_the_old_list_with_entries_changed_is_let_pass(
    changes: dict[bytes, bytes | None], other: bytes
) -> None:
    old = start()
    new = dict(old)
    box = {}
    for name, text in changes.items():
        new.pop(name, None)
        if text is not None:
            box[named(text)] = (b"blob", text)
            new[name] = (objects.FILE, named(text))
    raw, made = objects.tree(old), objects.tree(new)
    whole.check(raw, made, changes, box)
    # one thing more than was said, or one that is not stored with it
    if other not in changes and other in new:
        new[other] = (objects.FILE, named(b"something else"))
        with pytest.raises(IntegrityFault):
            whole.check(raw, objects.tree(new), changes, box)
        with pytest.raises(IntegrityFault):
            whole.check(raw, objects.tree(new), [*changes, other], box)


def entry(name: bytes, mode: bytes, text: bytes) -> bytes:
    return mode + b" " + name + b"\0" + bytes.fromhex(named(text))


@pytest.mark.parametrize(
    "odd",
    [
        entry(b"x.yaml", b"120000", b"x"),
        entry(b"x.yaml", b"100755", b"x"),
        entry(b"x.yaml", b"160000", b"x"),
        entry(b"x.yaml", objects.FOLDER, b"x"),
        entry(b".git", objects.FILE, b"x"),
        entry(b".GIT", objects.FILE, b"x"),
        entry(b"..", objects.FILE, b"x"),
        entry(b"x/y", objects.FILE, b"x"),
        entry(b"x.yaml", objects.FILE, b"not stored"),
        entry(b"x.yaml", objects.FILE, b"x") * 2,
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_odd_entries_and_odd_places_are_refused(odd: bytes, *, first: bool) -> None:
    old = entry(b"m", objects.FILE, b"m") * bool(odd)
    box = {named(b"x"): (b"blob", b"x")}
    changed = [b"x.yaml", b".git", b".GIT", b"..", b"x/y"]
    with pytest.raises(IntegrityFault):
        whole.check(old, odd + old if first else old + odd, changed, box)


def test_an_object_that_is_not_what_its_name_says() -> None:
    new = entry(b"x.yaml", objects.FILE, b"x")
    with pytest.raises(IntegrityFault):
        whole.check(b"", new, [b"x.yaml"], {named(b"x"): (b"blob", b"another")})


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose list of pupils git would take long to look up."""
    from tests.store.conftest import INIT
    from tests.store.conftest import starting_files

    folder = tmp_path_factory.mktemp("large") / "oak"
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "J. Patel")
            patch.setenv(f"GIT_{role}_EMAIL", "senco@oak.example")
        made = Repository.create(folder, starting_files(), INIT)
        made.change(adds(PUPIL, pupil("p7k2q")))
    text = (folder / PUPIL).read_text("utf-8")
    for number in range(1_200):
        name = f"pz{number:04}"
        (folder / f"pupils/{name}.yaml").write_text(
            text.replace("p7k2q", name), "utf-8", newline="\n"
        )
    git(folder, "add", "pupils")
    git(
        folder,
        *("-c", "user.name=J", "-c", "user.email=j@oak.example"),
        *("commit", "-qm", "many"),
    )
    return folder


def test_large_lists_are_checked_and_stay_whole(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[int] = []
    original = whole.check

    def counting(
        old: bytes, new: bytes, changed: set[bytes], box: dict[str, tuple[bytes, bytes]]
    ) -> None:
        checked.append(len(new))
        original(old, new, changed, box)

    monkeypatch.setattr(whole, "check", counting)
    repository = Repository(large)
    repository.change(notes("one"))
    repository.change(adds("pupils/pnew2.yaml", pupil("pnew2")))
    repository.change(notes("two", "pupils/pnew2.yaml", "pupils/pz0007.yaml"))

    with repository.batch() as batch:
        for number in range(20):
            batch.change(notes(f"note {number}"))
    assert len(checked) == 23
    assert min(checked) > LINKS
    assert_clean(large)


def test_a_list_that_is_not_right_is_not_saved(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = git(large, "rev-parse", "HEAD")

    def first_entry(raw: bytes, name: bytes) -> tuple[bytes, int]:
        assert name
        return objects.FILE, raw.index(b"\0") + 1

    monkeypatch.setattr(objects, "place_in", first_entry)
    with pytest.raises(SencliError):
        Repository(large).change(notes("never"))
    assert git(large, "rev-parse", "HEAD") == before
    monkeypatch.undo()
    assert_clean(large)


def test_git_still_checks_the_rest(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that points to nothing, beside a large list that is right."""
    before = git(large, "rev-parse", "HEAD")
    original = Tree.write

    def lose(self: Tree, box: dict[str, tuple[bytes, bytes]]) -> str:
        name = original(self, box)
        del box[name]  # the top list, to which the commit points
        return name

    monkeypatch.setenv("GIT_AUTHOR_NAME", "J. Patel")
    monkeypatch.setattr(Tree, "write", lose)
    with pytest.raises(EnvironmentFault):
        Repository(large).change(notes("never"))
    monkeypatch.undo()
    assert git(large, "rev-parse", "HEAD") == before
    assert Git(str(large)).run("fsck", "--strict", "--no-dangling")[0] == 0
    assert subprocess.run(["git", "status"], cwd=large, check=True).returncode == 0
