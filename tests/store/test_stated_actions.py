"""A commit that says one thing and does another, whatever it says."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sencli.core.audit.scope import SCOPES
from sencli.store.files.check_result import CheckResult
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from sencli.store.verify.verify import verify
from tests.store.conftest import OTHER
from tests.store.conftest import PUPIL
from tests.store.conftest import git
from tests.store.conftest import notes

_CODE = Path(__file__).parents[2] / "sencli"
_PAPER = "documents/p7k2q/fabcd.pdf"


def told(repository: Repository, level: str = "breach") -> list[CheckResult]:
    return [check for check in verify(repository) if check.level == level]


def forged(
    repository: Repository,
    action: str,
    deed: Callable[[Draft], None],
    *trailers: tuple[str, str],
) -> str:
    """A commit with that action which does something; its name."""

    def act(draft: Draft) -> Message:
        deed(draft)
        return Message(action, "As ever", trailers)

    return repository.change(act).commit


def rewrites(path: str, change: Callable[[dict[str, Any]], None]) -> Any:
    def deed(draft: Draft) -> None:
        record = draft.read(path)
        change(record)
        draft.put(path, record)

    return deed


def _other_words(record: dict[str, Any]) -> None:
    record["concerns"][0]["concern"] = "Nothing at all"


def _new_need(record: dict[str, Any]) -> None:
    record["needs"] = [{"id": "n1234", "type": "SLCN", "from": "2025-09-01"}]


def _raised(record: dict[str, Any]) -> None:
    record["rates"] = [
        {"role": "teacher", "from": "2025-09-01", "pence_per_hour": 9900}
    ]


def _other_name(record: dict[str, Any]) -> None:
    record["last_name"] = "Kahn"


def _no_concerns(record: dict[str, Any]) -> None:
    del record["concerns"]


@pytest.mark.parametrize(
    ("action", "path", "change"),
    [
        ("session.log", PUPIL, _other_words),
        ("concern.add", PUPIL, _other_words),
        ("concern.add", PUPIL, _no_concerns),
        ("remove", PUPIL, _other_words),
        ("move", PUPIL, _other_words),
        ("cycle.review", PUPIL, _new_need),
        ("session.log", "school.yaml", _raised),
        ("school.set", "school.yaml", _raised),
        ("paper.issue", PUPIL, _other_name),
        ("signer.add", PUPIL, _other_name),
        ("erase", PUPIL, _other_name),
        ("sync", PUPIL, _other_name),
    ],
)
def test_more_than_the_action_may(
    repository: Repository,
    action: str,
    path: str,
    change: Callable[[dict[str, Any]], None],
) -> None:
    repository.change(notes("a worry"))
    assert told(repository) == []
    name = forged(repository, action, rewrites(path, change))
    found = [check for check in told(repository) if check.code == "trailers"]
    assert [check.commit for check in found] == [name]
    assert f"says {action}, which does not change {path}" in found[0].message
    assert "held to the action" not in " ".join(c.message for c in verify(repository))


def test_the_document_of_another_child(repository: Repository) -> None:
    forged(
        repository,
        "document.add",
        lambda draft: draft.put_bytes(_PAPER, b"a report"),
        ("Pupil", "p7k2q"),
    )
    assert told(repository) == []
    # the program itself names every pupil whose file it changes; git does not
    said = git(repository.root, "log", "-1", "--format=%B")
    paper = Path(repository.folder) / "documents" / "p3dfb" / "fzzzz.pdf"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"a report")
    git(repository.root, "add", "documents/p3dfb")
    git(repository.root, "commit", "-q", "-m", said)
    (found,) = told(repository)
    assert "changes pupils that it does not name: p3dfb" in found.message


@pytest.mark.parametrize("action", ["document.add", "session.log"])
def test_a_document_replaced(repository: Repository, action: str) -> None:
    pupil = ("Pupil", "p7k2q")
    put = Draft.put_bytes
    forged(repository, "document.add", lambda d: put(d, _PAPER, b"one"), pupil)
    forged(repository, action, lambda d: put(d, _PAPER, b"other"), pupil)
    (found,) = told(repository)
    assert f"says {action}, which does not change {_PAPER}" in found.message


def test_an_undo_of_something_else(repository: Repository) -> None:
    repository.change(notes("a worry"))
    name = repository.change(notes("a second")).commit
    undone = ("Undoes", name)
    forged(repository, "undo", rewrites(PUPIL, lambda r: r["concerns"].pop()), undone)
    assert told(repository) == []
    forged(repository, "undo", rewrites(PUPIL, _other_name), undone)
    forged(repository, "undo", rewrites(OTHER, _other_name), undone)
    assert len(told(repository)) == 2


def test_an_undo_of_nothing_that_undo_takes_back(repository: Repository) -> None:
    first = git(repository.root, "rev-list", "--max-parents=0", "HEAD").strip()
    names = []
    for last, said in (("Kahn", ""), ("Kane", first[:10]), ("Cane", first)):
        renames = rewrites(
            PUPIL, lambda record, last=last: record.update(last_name=last)
        )
        undoes = [("Undoes", said)] if said else []
        names.append(forged(repository, "undo", renames, *undoes))
    assert [check.commit for check in told(repository)] == names[::-1]
    # a rebase gives the undone change another name: no breach, but it is said
    forged(repository, "undo", rewrites(PUPIL, _other_name), ("Undoes", "a" * 40))
    assert len(told(repository)) == len(names)
    said_of = " ".join(check.message for check in told(repository, "warning"))
    assert "takes back a change which is not in this history" in said_of


def test_a_beginning_in_the_middle(repository: Repository) -> None:
    deeds = (
        rewrites(PUPIL, _other_name),
        rewrites("school.yaml", _raised),
        lambda draft: draft.put_bytes("templates/theme.json", b"{}"),
        lambda draft: draft.put_bytes(".sencli/schemas/x.schema.json", b"{}"),
    )
    names = [forged(repository, "init", deed) for deed in deeds]
    found = [check.commit for check in told(repository) if check.code == "trailers"]
    assert found == names[::-1]


def test_an_action_that_is_not_known(repository: Repository) -> None:
    name = forged(repository, "rate.rise", rewrites(PUPIL, _other_name))
    assert told(repository) == []
    found = [check for check in told(repository, "warning") if check.commit == name]
    assert "this version of sencli has no such action" in found[0].message


def test_an_older_version_put_back(repository: Repository) -> None:
    before = repository.read_bytes(PUPIL)
    repository.change(notes("a worry"))
    name = forged(repository, "session.log", lambda d: d.put_bytes(PUPIL, before))
    (found,) = told(repository)
    assert found.commit == name


def test_a_record_taken_out(repository: Repository) -> None:
    name = forged(repository, "pupil.set", lambda draft: draft.delete(OTHER))
    (found,) = told(repository, "breach")
    assert found.commit == name
    git(repository.root, "rm", "-q", PUPIL)
    git(repository.root, "commit", "-qm", "by hand")
    assert [check.commit for check in told(repository)] == [name]


# where the calls that make a commit take the name of the action
_PLACES = {"Message": 0, "of_pupil": 2, "Act": 6}


def _said(path: Path) -> set[str]:
    """The actions that a module writes."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        likely: list[ast.expr] = []
        if isinstance(node, ast.keyword) and node.arg == "action":
            likely = [node.value]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            verb = called.endswith("verb") or called.startswith("pupil_verbs(")
            place = 0 if verb else _PLACES.get(called, len(node.args))
            likely = node.args[place : place + 1]
        found |= {
            one.value
            for one in likely
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        }
    return found


def test_every_action_of_the_code_is_in_the_table() -> None:
    said = set().union(*map(_said, sorted(_CODE.rglob("*.py"))))
    assert len(said) > 60
    assert said - SCOPES.keys() == set()
