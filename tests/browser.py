"""A real browser for the tests: Chromium, driven by its DevTools protocol on pipes."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.systems import LIKE_WINDOWS

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
_PATIENCE = 30
_READS, _WRITES = 3, 4
"""The pipes by which Chromium is driven."""


def chromium() -> str:
    """Where Chromium is; where there is none the test is skipped, with why."""
    if LIKE_WINDOWS:
        pytest.skip("not on Windows: a browser's pipes cannot be handed over there")
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    if os.environ.get("BROWSER_TESTS") == "required":  # .github/workflows/tests.yml
        pytest.fail(f"no browser here: install one of {', '.join(PROGRAMS)}")
    return str(pytest.skip(f"no browser here: {', '.join(PROGRAMS)}"))


class Browser:
    """One page in a browser of its own.

    Attributes:
        events: what the browser told, oldest first.
    """

    def __init__(self, reads: int, writes: int) -> None:
        self.events: list[dict[str, Any]] = []
        self._reads, self._writes = reads, writes
        self._rest, self._count, self._session = b"", 0, ""

    def begin(self, downloads: Path) -> None:
        """Open the page, and let it save files in a folder."""
        made = self.call("Target.createTarget", url="about:blank")["targetId"]
        joined = self.call("Target.attachToTarget", targetId=made, flatten=True)
        self.call(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(downloads),
            eventsEnabled=True,
        )
        self._session = joined["sessionId"]
        for part in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{part}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Have something done, and wait until it is."""
        told = self._answer(method, **params)
        assert "error" not in told, told
        found: dict[str, Any] = told["result"]
        return found

    def _answer(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        asked: dict[str, Any] = {
            "id": self._count,
            "method": method,
            "params": params,
        }
        if self._session and not method.startswith("Browser."):
            asked["sessionId"] = self._session
        os.write(self._writes, json.dumps(asked).encode() + b"\0")
        while (told := self._next()).get("id") != asked["id"]:
            self.events.append(told)
        return told

    def wait(self, method: str, **like: Any) -> dict[str, Any]:
        """The first event of that kind, from those that were not waited for."""
        while True:
            for told in self.events:
                params: dict[str, Any] = told.get("params", {})
                if told.get("method") == method and like.items() <= params.items():
                    self.events.remove(told)
                    return params
            self.events.append(self._next())

    def seen(self, method: str) -> list[dict[str, Any]]:
        """What was told of that kind so far."""
        return [one["params"] for one in self.events if one.get("method") == method]

    def visit(self, path: Path) -> None:
        """Open a file, and wait until it stands there."""
        self._anew("Page.navigate", url=path.as_uri())

    def reload(self) -> None:
        """Open the same page again."""
        self._anew("Page.reload")

    def run(self, script: str) -> Any:
        """What a line of script is worth in the page."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def settled(self) -> None:
        """Wait until another page than the marked one stands there whole."""
        whole = "!window.marked && document.readyState === 'complete'"
        ask = {"expression": whole, "returnByValue": True}
        done: dict[str, Any] = {}
        while not done.get("result", {}).get("value"):
            # between two pages there is none to be asked
            done = self._answer("Runtime.evaluate", **ask).get("result", {})

    def mark(self) -> None:
        """Mark the page that stands there, to know another from it."""
        self.run("window.marked = true")

    def _anew(self, method: str, **params: Any) -> None:
        self.mark()
        self.call(method, **params)
        self.settled()

    def before(self, script: str) -> None:
        """Run a script in each page from now on, before its own."""
        self.call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def press(self, *keys: str) -> None:
        """Press keys one after the other: Tab, Enter, or letters."""
        for key in keys:
            code, text = KEYS.get(key, (ord(key[0].upper()), key))
            pressed = {"key": key, "windowsVirtualKeyCode": code}
            if key in {"Tab", "Enter"}:
                pressed["code"] = key
            down = {**pressed, "text": text} if text else pressed
            self.call("Input.dispatchKeyEvent", type="keyDown", **down)
            self.call("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.call("Input.insertText", text=text)

    def tab_to(self, selector: str) -> None:
        """Press Tab until something that fits has the focus."""
        here = f"document.activeElement.matches({json.dumps(selector)})"
        for _ in range(80):
            if self.run(here):
                return
            self.press("Tab")
        raise AssertionError(f"no key leads to {selector}")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._reads], [], [], _PATIENCE)
            data = os.read(self._reads, 1 << 20) if ready else b""
            if not data:
                raise AssertionError("the browser says nothing any more")
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with nothing kept, whose files are saved in that folder."""
    program = chromium()
    to_page, asked = os.pipe()
    told, from_page = os.pipe()
    words = [
        *(program, "--headless=new", "--no-sandbox", "--disable-gpu"),
        *("--no-first-run", "--disable-extensions", "--disable-dev-shm-usage"),
        *("--disable-background-networking", "--remote-debugging-pipe"),
        f"--user-data-dir={folder / 'browser'}",
    ]
    # The shell gives the pipes the numbers that Chromium looks for
    line = f'exec "$@" {_READS}<&{to_page} {_WRITES}>&{from_page}'
    process = subprocess.Popen(
        ["bash", "-c", line, "browser", *words],
        pass_fds=(to_page, from_page),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )
    os.close(to_page)
    os.close(from_page)
    try:
        page = Browser(told, asked)
        page.begin(folder)
        yield page
        page.call("Browser.close")
    finally:
        os.close(asked)
        os.close(told)
        process.kill()
        process.wait()
