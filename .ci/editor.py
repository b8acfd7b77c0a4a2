"""Ask a YAML language server what an editor shows in a record and in a draft of one.

    python .ci/editor.py FOLDER

FOLDER is made, for scratch: the server is put there by npm. It must explain a field
(hover), offer the words of a closed list (completion), and mark what is wrong
(diagnostics), in the record as it lies in the folder and in the draft that
``sen pupil edit`` opens.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

SERVER = "yaml-language-server@1"
SEN = (sys.executable, "-m", "sencli")
ADDED = "concerns:\n- date: 2025-10-01\n  raised_by: \nneeds:\n- type: \n"
PATIENCE = 60
_COPY = "import shutil, sys; shutil.copy(sys.argv[-1], {to!r}); sys.exit(1)"


class Server:
    """The language server, spoken to by its standard input and output."""

    def __init__(self, command: list[str]) -> None:
        self._running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._told: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._number = 0
        self.ask("initialize", processId=None, rootUri=None, capabilities={})
        self.tell("initialized")
        yaml = {"hover": True, "completion": True, "validate": True}
        self.tell("workspace/didChangeConfiguration", settings={"yaml": yaml})

    def _listen(self) -> None:
        out = self._running.stdout
        while out is not None and (line := out.readline()):
            size = int(line.split(b":")[1])
            while out.readline().strip():
                pass
            self._told.put(json.loads(out.read(size)))

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        if self._running.stdin is not None:
            head = f"Content-Length: {len(body)}\r\n\r\n".encode()
            self._running.stdin.write(head + body)
            self._running.stdin.flush()

    def tell(self, method: str, **params: Any) -> None:
        """Say something that has no answer."""
        self._send(method=method, params=params)

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a question."""
        self._number += 1
        self._send(id=self._number, method=method, params=params)
        return self.heard(lambda m: m.get("id") == self._number and "method" not in m)[
            "result"
        ]

    def heard(self, fits: Any) -> dict[str, Any]:
        """The first message that fits; what the server asks gets an empty answer."""
        while True:
            message = self._told.get(timeout=PATIENCE)
            if "method" in message and "id" in message:
                self._send(id=message["id"], result=[{}])
            elif fits(message):
                return message

    def close(self) -> None:
        """End it."""
        self._running.kill()
        self._running.wait()


def look(server: Server, path: Path) -> None:
    """Look at one file as an editor does, and end the run where it is told nothing."""
    text = path.read_text("utf-8") + ADDED
    uri = path.as_uri()
    about = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
    server.tell("textDocument/didOpen", textDocument=about)
    lines = text.split("\n")

    def at(begins: str) -> dict[str, Any]:
        number = next(n for n, line in enumerate(lines) if line.startswith(begins))
        place = {"line": number, "character": len(begins)}
        return {"textDocument": {"uri": uri}, "position": place}

    marked = server.heard(
        lambda m: (
            m.get("method") == "textDocument/publishDiagnostics"
            and m["params"]["uri"] == uri
            and m["params"]["diagnostics"]
        )
    )
    faults = str(marked["params"]["diagnostics"])
    hover = str(server.ask("textDocument/hover", **at("date_of_b")))
    offered = server.ask("textDocument/completion", **at("- type: "))
    words = [item["label"] for item in offered["items"]]
    for name, found in (
        ("hover", "birth" in hover.casefold()),
        ("completion", "SLCN" in words),
        ("diagnostics", "id" in faults),
    ):
        if not found:
            sys.exit(f"{path}: no {name}: {hover if name == 'hover' else words}")
    sys.stdout.write(f"{path.name}: hover, completion and diagnostics\n")


def main(folder: Path) -> None:
    """Install the server, make a record and a draft, and look at both."""
    folder.mkdir()
    npm, node = shutil.which("npm"), shutil.which("node")
    quiet = ["--silent", "--no-fund", "--no-audit", "--prefix", str(folder)]
    quiet += ["--fetch-retries=0", "--fetch-timeout=20000"]  # where there is no net
    if (
        not (npm and node)
        or subprocess.run([npm, "install", *quiet, SERVER], check=False).returncode
    ):
        sys.stdout.write("Left out: npm cannot put the language server here.\n")
        return
    oak, copied = folder / "oak", folder / "seen.yaml"
    editor = folder / "editor.py"
    editor.write_text(_COPY.format(to=str(copied)), "utf-8")
    env = {**os.environ, "EDITOR": f'"{sys.executable}" "{editor}"', "VISUAL": ""}
    for role in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{role}_NAME": "J. Patel", f"GIT_{role}_EMAIL": "jp@oak.example"}
    for words in (
        ("init", str(oak), "--school", "Oak Primary", "--senco", "J. Patel"),
        ("-C", str(oak), "pupil", "add", "Jo Ali", "--date-of-birth", "14/03/2017"),
    ):
        subprocess.run([*SEN, *words], check=True, env=env, stdout=subprocess.DEVNULL)
    edit = [*SEN, "-C", str(oak), "pupil", "edit", "jo"]
    subprocess.run(edit, check=False, env=env, stderr=subprocess.DEVNULL)
    (draft,) = (oak / ".git/sencli/drafts").glob("*.yaml")
    (record,) = (oak / "pupils").glob("*.yaml")
    entry = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    server = Server([node, str(entry), "--stdio"])
    try:
        for path in (record, draft):
            look(server, path)
    finally:
        server.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
