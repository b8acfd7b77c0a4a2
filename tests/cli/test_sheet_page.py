"""The page of a sheet in a real browser, filled in by keyboard, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import parse
from sencli.core.handover.sealed import digest_of
from sencli.core.handover.sheet import KINDS
from sencli.errors import InvalidValue
from sencli.formats.sheet_page import page
from tests.browser import Browser
from tests.browser import browser
from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.cli.test_sheets import DAYS
from tests.cli.test_sheets import EVERY
from tests.systems import LIKE_WINDOWS
from tests.systems import is_private

ON_THE_DAY = """{
  const Real = Date, now = new Real(2025, 9, 20, 15, 0).getTime();
  window.Date = class extends Real {
    constructor(...parts) { if (parts.length) super(...parts); else super(now); }
  };
}"""
NOTHING_KEPT = """if (window.name === "refused") Object.defineProperty(window,
  "localStorage", { get() { throw new Error("refused"); } })"""
KEPT = 'Object.keys(localStorage).filter((key) => key.startsWith("sencli")).length'
SHOWN = '["closed", "fill", "review", "done", "gone"].filter((id) => !byId(id).hidden)'
UNNAMED = """Array.from(document.querySelectorAll("input, select, textarea"))
  .filter((one) => !one.labels.length && !one.hasAttribute("aria-label")).length"""
SMALL = """Array.from(document.querySelectorAll("button, select, textarea, .tick"))
  .filter((one) => one.offsetParent && one.offsetHeight < 44).length"""
WIDE = "document.documentElement.scrollWidth > innerWidth"


def test_a_page_is_filled_in_by_keyboard_and_taken(tmp_path: Path) -> None:
    term = lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)
    path = tmp_path / "sheet.html"
    term("sheet", "--group", "hfw", *EVERY, *DAYS, "--output", str(path))
    assert is_private(path)
    with browser(tmp_path) as tab:
        tab.before(ON_THE_DAY)
        tab.before(NOTHING_KEPT)
        tab.visit(path)
        assert tab.run(SHOWN) == ["fill"]
        assert tab.run(UNNAMED) == 0
        for width in (1280, 768, 390):
            tab.call(
                "Emulation.setDeviceMetricsOverride",
                width=width,
                height=800,
                deviceScaleFactor=1,
                mobile=False,
            )
            assert (tab.run(WIDE), tab.run(SMALL)) == (False, 0)
        _fill_in(tab)
        tab.press("Enter")  # the form is sent from a field of one line by mistake: no
        assert tab.run(SHOWN) == ["fill"]
        _put_right(tab)
        _measured_alike(tab)
        file = _sign(tab, tmp_path)
        _go_on(tab, file)
        _unkept(tab, path)
        _closed(tab, tmp_path)
        went = {one["request"]["url"] for one in tab.seen("Network.requestWillBeSent")}
        assert {url.split(":")[0] for url in went} <= {"file", "blob", "about"}
        assert tab.seen("Runtime.exceptionThrown") == []
    before = commits(term)
    term("take", str(file), "--yes")
    assert commits(term) == before + 1
    amelia = record(term, "amelia")
    days = amelia["cycles"][-1]["do"]["sessions"]
    assert [one.get("missed", "given") for one in days][:2] == ["staff_absent", "given"]
    assert days[0]["note"] == 'Course: "phonics" <b>'
    assert amelia["cycles"][-1]["do"]["measurements"][-1]["value"] == 37
    assert record(term, "ben")["concerns"][-1]["concern"] == "Tired.\nSince مارس"
    term("take", str(file), "--yes")
    assert commits(term) == before + 1


def _fill_in(tab: Browser) -> None:
    """By keys alone: who, a missed day with its note, the rest given, a measure."""
    tab.tab_to("#giver")
    tab.press("B")
    tab.tab_to("[data-day='2025-09-22']")
    tab.press("s")
    tab.press("Tab")
    tab.type('Course: "phonics" <b>')
    tab.run('document.querySelector("fieldset.sessions button").focus()')
    tab.press(" ")
    assert tab.run('byId("told").textContent').endswith(
        "set to given. Now change those that were not."
    )
    tab.tab_to("#part-measure input")
    tab.type("lots")


def _put_right(tab: Browser) -> None:
    tab.tab_to("#part-concern > button")
    tab.press("Enter")
    tab.press("B")
    tab.tab_to("button[type=submit]")
    tab.press("Enter")
    assert tab.run("document.activeElement.id") == "faults"
    links = tab.run('byId("faults").innerText')
    assert "Type a number, such as 37." in links
    assert "Write what you see, or take this one out." in links
    tab.press("Tab", "Enter")
    assert tab.run("document.activeElement.getAttribute('aria-invalid')") == "true"
    tab.run("document.activeElement.select()")
    tab.type("37")
    tab.tab_to("[data-worry] textarea")
    tab.type("Tired.\nSince مارس")
    tab.run("keep()")
    tab.reload()
    assert "Brought back" in tab.run('byId("notice").textContent')
    assert tab.run('document.querySelector("[data-worry] textarea").value')


def _measured_alike(tab: Browser) -> None:
    """The page takes for a value what the records take for one."""
    typed = "37|37 %|-2.5|3,5|6:04|6:12|6y 4m|6.04|94 (88-100)|94 (95-100)|94 ± 6|"
    for scale in ("number", "age", "score"):
        for value in (typed + "9" * 16).split("|"):
            fault = tab.run(f"valueFault({json.dumps(scale)}, {json.dumps(value)})")
            try:
                parse(value, Scale(kind=scale))
            except InvalidValue:
                assert fault, (scale, value)
            else:
                assert fault == "", (scale, value)


def _sign(tab: Browser, folder: Path) -> Path:
    tab.tab_to("button[type=submit]")
    tab.press("Enter")
    assert tab.run(SHOWN) == ["review"], tab.run('byId("faults").innerText')
    said = tab.run('byId("review").innerText')
    assert "Given by B. Ali (TA2) on Monday 20 October 2025." in said
    assert 'staff absent on Mon 22 Sep: Course: "phonics" <b>' in said
    tab.tab_to("#sign")
    tab.press("Enter")
    assert tab.run("document.activeElement.id") == "saw"
    tab.press(" ")
    tab.tab_to("#sign")
    tab.press("Enter")
    name = tab.wait("Browser.downloadWillBegin")["suggestedFilename"]
    tab.wait("Browser.downloadProgress", state="completed")
    assert tab.run(SHOWN) == ["done"]
    assert tab.run('byId("text").value') == _text(folder, name)
    # what is changed after all is kept like before, and nothing when that is not said
    tab.tab_to("#change")
    tab.press("Enter")
    assert tab.run(SHOWN) == ["fill"]
    tab.reload()
    assert tab.run("collected().length") == len(
        json.loads(_text(folder, name))["answers"]
    )
    tab.run('check(new Event("submit")); byId("saw").checked = true; sign()')
    tab.wait("Browser.downloadProgress", state="completed")
    tab.run('window.dispatchEvent(new Event("pagehide"))')
    assert tab.run(KEPT) == 0
    tab.tab_to("#confirm")
    tab.press("Enter")
    assert tab.run(SHOWN) == ["gone"]
    assert (tab.run(KEPT), tab.run("collected().length")) == (0, 0)
    assert "phonics" not in tab.run('document.querySelector("main").textContent')
    return folder / name


def _text(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def _go_on(tab: Browser, file: Path) -> None:
    """A file that was saved is gone on with; one that was changed is not."""
    tab.tab_to("#anew")
    tab.press("Enter")
    text = file.read_text("utf-8")
    for given, said in (
        (text.replace('"37"', '"38"'), "changed after it was saved"),
        ("{", "cannot be read"),
        ("[]", "not a file of answers"),
        (text.replace('"seal": "', '"seal": "0'), "another sheet"),
        (text, "brought back from the file"),
    ):
        tab.run(f'byId("pasted").value = {json.dumps(given)}')
        tab.run('byId("load-pasted").click()')
        assert said in tab.run('byId("loaded").textContent')
    again = tab.run("fileOf(true).text")
    assert again == text
    assert json.loads(tab.run("fileOf(false).text"))["signed_off"] is False


def _unkept(tab: Browser, path: Path) -> None:
    """A browser that keeps nothing says so, and warns before it is left."""
    tab.run('forget(); window.name = "refused"')
    tab.visit(path)
    assert "does not keep your answers" in tab.run('byId("notice").textContent')
    tab.tab_to("#giver")
    tab.tab_to("#part-views textarea")
    tab.type("Words")
    tab.mark()
    tab.run("setTimeout(() => location.reload())")
    asked = tab.wait("Page.javascriptDialogOpening")
    assert asked["type"] == "beforeunload"
    tab.call("Page.handleJavaScriptDialog", accept=True)
    tab.settled()
    tab.run('window.name = ""')


def _closed(tab: Browser, folder: Path) -> None:
    """What is expired or changed asks nothing; a hostile name is only a name."""
    hostile = "</script><script>alert(1)</script>\u2028 \"'& ليلى" + "W" * 200
    made = {
        "form": "sencli sheet",
        "version": 1,
        "sheet": "s7k2q",
        "school": hostile,
        "for": hostile,
        "giver": "",
        "staff": [],
        "made": "2025-09-01",
        "from": "2025-09-22",
        "to": "2025-09-26",
        "expires": "2025-10-20",
        "pupils": [{"id": "p7k2q", "name": hostile}],
        "questions": [
            {
                "id": f"{kind}-p7k2q-giver",
                "kind": kind,
                "pupil": "p7k2q",
                "item": "giver",
                "about": hostile,
                "days": ["2025-09-22"],
                "choices": [],
                "scale": "number",
                "unit": hostile,
            }
            for kind in KINDS[:4]
        ],
    }
    made["seal"] = digest_of(made, "seal")
    path = folder / "other.html"
    for sheet, shown, said in (
        (made, "fill", hostile.replace("\u2028", "")[:9]),
        ({**made, "expires": "2027-01-01"}, "closed", "was changed"),
        ({**made, "expires": "2025-09-25"}, "closed", "expired"),
    ):
        if said == "expired":
            sheet["seal"] = digest_of(sheet, "seal")
        path.write_bytes(page(sheet))
        tab.visit(path)
        assert (tab.run(SHOWN), tab.run(WIDE)) == ([shown], False)
        assert said in tab.run(f'byId("{shown}").textContent')
    assert tab.run("SHEET.school") == hostile


def test_where_there_is_no_browser_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.browser import chromium

    monkeypatch.setenv("PATH", "")
    for wanted, ends in (
        ("", pytest.skip.Exception),
        ("required", pytest.skip.Exception if LIKE_WINDOWS else pytest.fail.Exception),
    ):
        monkeypatch.setenv("BROWSER_TESTS", wanted)
        with pytest.raises(ends, match="browser"):
            chromium()
