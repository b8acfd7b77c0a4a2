"""Words taken as people type them, where they can mean one thing only."""

from __future__ import annotations

import click

from sencli.cli.shell.as_typed import as_one_text
from sencli.cli.shell.as_typed import in_order
from sencli.cli.shell.lazy import unquoted
from sencli.cli.shell.options import WORDS
from tests.cases import each_case
from tests.conftest import Typed


def nobody(_: str) -> bool:
    return False


VERBS = {
    "remove": [],
    "pupil": ["add", "list", "show", "set", "edit"],
    "outcome": ["add", "measure", "list"],
    "history": [],
    "due": [],
}


@each_case(
    ("typed", "meant"),
    [
        ("pupils", "pupil list"),
        ("pupil amelia", "pupil show amelia"),
        ("outcome amelia", "outcome list amelia"),
        ("outcomes amelia", "outcome list amelia"),
        ("add pupil", "pupil add"),
        ("measure outcome amelia", "outcome measure amelia"),
        ("add outcomes amelia", "outcome add amelia"),
        ("show amelia", "pupil show amelia"),
        ("edit amelia", "pupil edit amelia"),
        # what is no pupil and no command stays as it was, for its own message
        ("pupil shwo amelia", "pupil shwo amelia"),
        ("show nobody", "show nobody"),
        ("due amelia", "due amelia"),
        ("pupil --help", "pupil --help"),
        ("erase amelia", "erase amelia"),
        # one verb for one thing, and what else people call it
        ("outcome new amelia", "outcome add amelia"),
        ("new pupil", "pupil add"),
        ("change pupil amelia", "pupil set amelia"),
        ("view amelia", "pupil show amelia"),
        ("outcome ls amelia", "outcome list amelia"),
        ("delete outcome amelia 1", "remove amelia outcome 1"),
        ("outcome delete amelia 1", "remove amelia outcome 1"),
        ("remove outcomes amelia 1", "remove amelia outcome 1"),
        ("delete nobody", "remove nobody"),
    ],
)
def test_words_in_another_order(typed: str, meant: str) -> None:
    found = in_order(typed.split(), VERBS, lambda text: text == "amelia")
    assert " ".join(found) == meant


@each_case(
    ("typed", "meant"),
    [
        (
            ["--concern", "\u201cShe", "is", "tired\u201d"],
            ["--concern", "She is tired"],
        ),
        (["--concern=\u2018She", "is\u2019", "x"], ["--concern=She is", "x"]),
        (["\u201cone\u201d"], ["one"]),
        (["\u201cnever", "closed"], ["\u201cnever", "closed"]),
        (["it\u2019s", "plain"], ["it\u2019s", "plain"]),
    ],
)
def test_words_own_quotes(typed: list[str], meant: list[str]) -> None:
    assert unquoted(typed) == meant


def test_what_could_be_several_things_is_left_alone() -> None:
    command = click.Command(
        "measure",
        params=[click.Argument(["who"]), click.Argument(["value"])],
    )
    words = ["outcome", "measure", "amelia", "khan", "1"]
    assert as_one_text(words, ["1"], command, "outcome", nobody, nobody) == []
    text = click.Option(["--note"], type=WORDS)
    command.params.append(text)
    words = ["outcome", "measure", "a", "1", "--note", "Read", "it", "twice", "--by"]
    joined = as_one_text(words, ["it", "twice"], command, "outcome", nobody, nobody)
    assert joined == [*words[:5], "Read it twice", "--by"]


def test_typed(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan' --year 4")
    amelia = oak
    assert "Amelia Khan" in amelia("pupils").out
    assert amelia("pupil amelia").out == amelia("pupil show amelia").out
    assert amelia("show amelia khan").out == amelia("pupil show amelia").out
    said = amelia("concern add amelia She is tired --raised-by parent --date today").out
    assert "She is tired" in said
    amelia("concern set amelia 1 --response She sleeps more")
    assert "She sleeps more" in amelia("history amelia").out
    amelia("sen pupil set amelia class=4B")
    assert "Amelia Khan" in amelia("pupil list 4b").out
    assert "Amelia Khan" not in amelia("pupil list --class 4B --year-group 5").out
    assert "unexpected extra argument (5C)" in amelia("pupil list 5C", code=2).err
    assert amelia("sen sen pupil list").out == amelia("pupil list").out
    amelia("delete concern amelia 1 --yes")
    assert "None recorded" in amelia("concern list amelia").out
    assert "sen pupil leave" in amelia("delete pupil amelia", code=2).err
    kin = amelia("contact add amelia Mum", code=3).err
    assert "NAME --relationship mother" in kin
    fault = amelia("outcome measure amelia khan 1 24", code=2)
    assert "Put words that belong together in quotation marks." in fault.err
