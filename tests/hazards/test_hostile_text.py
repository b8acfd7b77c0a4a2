"""Hazards 46 to 51: text that would fool a terminal, a spreadsheet or a page."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.systems import terminal
from tests.terminal import at_terminal

EVIL = "a\x1b[2Jb\x07c\u202ed\u2066e\x9bf"
# what a terminal might obey: everything below a blank but line ends, C1, bidi
OBEYED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
READS = (
    "pupil show amelia",
    "pupil list",
    "register",
    "map",
    "what-if --without TA2",
    "due",
    "history",
    "history amelia",
    "find Tired",
    "concern list amelia",
    "summary amelia",
    "check",
    "verify",
    "doctor",
    "print case amelia",
    "print support-plan amelia",
    "school show",
    "staff list",
)


def tainted(amelia: Typed) -> None:
    """Put controls where a hand edit or another program can put them."""
    path = record(amelia)
    evil = '"a\\x1b[2Jb\\x07c\\u202Ed\\u2066e\\x9bf"'
    text = path.read_text("utf-8").replace("last_name: Khan", f"last_name: {evil}")
    concern = f"- {{id: c234, date: 2025-10-01, concern: {evil}}}\n"
    path.write_text(f"{text}concerns:\n{concern}", "utf-8", newline="\n")
    school = amelia.folder / "school.yaml"
    school.write_text(
        school.read_text("utf-8").replace("name: J. Patel", f"name: {evil}"),
        "utf-8",
        newline="\n",
    )
    git(amelia.folder, "commit", "-qam", f"by hand {EVIL}", "--author=\x1b[2J <x@y.z>")


def test_46_controls_are_shown_and_never_obeyed(amelia: Typed) -> None:
    tainted(amelia)
    for line in READS:
        done = amelia(line, code=None)
        assert "went wrong inside" not in done.both, line
        assert not OBEYED.search(done.both), (line, OBEYED.search(done.both))
    shown = amelia("pupil list --format json", code=None).out
    assert not OBEYED.search(shown)
    for words in (
        ("pupil", "show", EVIL),
        (EVIL,),
        ("rule", EVIL),
        ("-C", EVIL, "due"),
    ):
        told = amelia(*words, code=None)
        assert told.code in (0, 2, 3, 4)
        assert not OBEYED.search(told.both)


def test_46_csv_on_a_terminal(amelia: Typed) -> None:
    tainted(amelia)
    words = [sys.executable, "-m", "sencli", "pupil", "list", "--format", "csv"]
    ours, theirs = terminal()
    with subprocess.Popen(words, cwd=amelia.folder, stdout=theirs) as process:
        process.wait(timeout=30)
    shown = os.read(ours, 100_000).decode()
    os.close(theirs)
    os.close(ours)
    assert "Amelia" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_46_colour_and_pager_pass_no_control_on(amelia: Typed) -> None:
    tainted(amelia)
    copy = "import sys; sys.stdout.write(sys.stdin.read())"
    screen = {"LINES": "9", "COLUMNS": "80", "TERM": "xterm", "NO_COLOR": ""}
    pagers = ("cat", f"'{sys.executable}' -c '{copy}'")
    for line, pager in product(("pupil show amelia", "concern list amelia"), pagers):
        words = [sys.executable, "-m", "sencli", *line.split()]
        env = {**os.environ, **screen, "SEN_PAGER": pager}
        code, shown = at_terminal(amelia.folder, words, environment=env)
        ours = shown.replace("\x1b[0m", "").replace("\x1b[1m", "").replace("\r", "")
        assert (code, OBEYED.search(ours), "\\x1b[2J" in ours) == (0, None, True)
        assert ("\x1b[1m" in shown) is (pager == "cat")  # only less shows colour so


def test_46_controls_typed_are_refused(amelia: Typed) -> None:
    for words in (
        ("pupil", "add", f"Ada {EVIL}"),
        ("concern", "add", "amelia", "--concern", EVIL),
        ("pupil", "set", "amelia", f"known_as={EVIL}"),
    ):
        told = unchanged(amelia, *words, code=3)
        assert not OBEYED.search(told.both)


@pytest.mark.parametrize("odd", ["a\nb", "a\tb", "a\rb", "a\u2028b"])
def test_47_line_ends_in_a_one_line_field(amelia: Typed, odd: str) -> None:
    for words in (
        ("pupil", "add", f"Ada {odd}"),
        ("pupil", "set", "amelia", f"known_as={odd}"),
        ("contact", "add", "amelia", f"Nadia {odd}", "--relationship", "mother"),
    ):
        done = amelia(*words, code=None)
        assert done.code in (0, 2, 3)
        if not done.code:
            # blanks are blanks: what is kept is one line
            assert not re.search(r"a[\n\t\r\u2028]b", record(amelia).read_text("utf-8"))
    whole(amelia)


def test_48_commit_message_injection(amelia: Typed) -> None:
    evil = "Tired\n\nSigned-off-by: Eve <e@x.y>\nPupil: p2345\nAction: pupil.delete"
    amelia("concern", "add", "amelia", "--concern", evil)
    message = git(amelia.folder, "log", "-1", "--format=%B")
    assert "Signed-off" not in message
    assert "Tired" not in message
    assert "delete" not in message
    assert message.count("Pupil:") == message.count("Action:") == 1
    for word in ("Khan", "Amelia"):
        assert word not in git(amelia.folder, "log", "--format=%B")
    assert "breach" not in amelia("verify").out


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", "\uff1d1+1", " =1+1")


@pytest.mark.parametrize("text", FORMULAS)
def test_49_csv_formulas_are_neutralised(amelia: Typed, text: str) -> None:
    amelia("pupil", "set", "amelia", f"class={text}")
    for words in (("pupil", "list"), ("register",)):
        told = amelia(*words, "--format", "csv").out
        cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
        mine = [cell for cell in cells if text.strip() in cell]
        assert mine, told
        assert all(cell.startswith("'") for cell in mine)
        before = head(amelia)
        assert "Nothing to change." in amelia("import", "-", stdin=told).out
        assert head(amelia) == before


class Elements(HTMLParser):
    """What a browser would make of a page: elements, attributes, texts."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


HTML = ("<script>alert(1)</script>", '" onmouseover="x', "<img src=x onerror=y>")


@pytest.mark.parametrize("text", HTML)
def test_50_html_is_data(amelia: Typed, text: str) -> None:
    amelia("pupil", "set", "amelia", f"known_as={text}")
    amelia("concern", "add", "amelia", "--concern", text)
    page = amelia("print", "case", "amelia", "--format", "html").out
    found = Elements()
    found.feed(page)
    assert not {"script", "img"} & set(found.names)
    assert not [name for name in found.attributes if name.startswith("on")]
    assert text in " ".join(found.texts)


CODE = (
    '#read("/etc/passwd")',
    "{{7*7}}",
    "$ x^2 $ *bold* _it_ `raw`",
    '#import "@preview/x:0.1.0"',
    "#panic()",
    '"); #panic()',
)


@pytest.mark.parametrize("text", CODE)
def test_51_code_in_data_is_data(amelia: Typed, text: str, tmp_path: Path) -> None:
    amelia("cycle", "open", "amelia", "--assessment", "Reads")
    amelia("cycle", "plan", "amelia", "--strategy", text)
    page = amelia("print", "support-plan", "amelia", "--format", "text").out
    assert text in " ".join(page.split())
    html = amelia("print", "support-plan", "amelia", "--format", "html").out
    assert "root:" not in html
    assert ">49<" not in html
    file = tmp_path / "plan.pdf"
    amelia("print", "support-plan", "amelia", "--output", str(file))
    assert file.read_bytes().startswith(b"%PDF")


def test_51_nothing_is_committed_by_printing(amelia: Typed) -> None:
    before = head(amelia)
    amelia("summary", "amelia", "--format", "html")
    assert head(amelia) == before
