"""Text by ``-`` is stored as it was meant, and what is printed elsewhere is UTF-8."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from sencli.core.text.encoding import decoded
from tests.cases import each_case
from tests.conftest import Typed
from tests.conftest import school_of
from tests.terminal import SEN

ZOE = "Zoë’s café"


@school_of
def amelia(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --class 4B')


def piped(folder: Path, data: bytes, *words: str, **env: str) -> tuple[bytes, bytes]:
    done = subprocess.run(
        [*SEN, *words],
        cwd=folder,
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, **env},
    )
    return done.stdout, done.stderr


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b"read as UTF-16"),
        ("utf-16-le", b"read as UTF-16"),
        ("cp1252", b"read as Windows-1252"),
    ],
)
def test_text_by_a_pipe_is_stored_as_meant(
    amelia: Typed, encoding: str, told: bytes
) -> None:
    words = ("concern", "add", "amelia", "--raised-by", "parent", "--concern", "-")
    _, said = piped(amelia.folder, f"{ZOE}\r\n".encode(encoding), *words)
    assert told in said
    out, _ = piped(amelia.folder, b"", "pupil", "show", "amelia", "--format", "json")
    (concern,) = json.loads(out)["concerns"]
    assert concern["concern"] == ZOE


@each_case(
    ("page", "name", "text"),
    [
        ("cp1252", "Windows-1252", "Lego™ with Zoë"),  # ™ is an old Mac's ô
        ("cp850", "CP850", "Zoë in the café"),
        ("cp437", "CP437", "Zoë"),
    ],
)
def test_the_terminals_code_page_is_believed(page: str, name: str, text: str) -> None:
    assert decoded(text.encode(page), page) == (text, name)


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_GB.ISO8859-1"])
def test_what_is_redirected_is_utf_8(amelia: Typed, locale: str) -> None:
    piped(amelia.folder, b"", "pupil", "set", "amelia", f"known_as={ZOE}")
    env = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    out, _ = piped(amelia.folder, b"", "pupil", "show", "amelia", **env)
    assert ZOE in out.decode()
    _, said = piped(amelia.folder, b"", "doctor", **env)
    said.decode()


def test_what_is_no_text_is_refused(amelia: Typed) -> None:
    done = subprocess.run(
        [*SEN, "concern", "add", "amelia", "--concern", "-"],
        cwd=amelia.folder,
        input=b"\x81\x8d\x8f",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"UTF-8" in done.stderr
