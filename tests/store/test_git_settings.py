"""One list of settings that run programs or send data elsewhere, against git's own."""

from __future__ import annotations

import gzip
import re
import subprocess
import warnings
from pathlib import Path

from sencli.store.git.dangerous_settings import AT_THE_OTHER_END
from sencli.store.git.dangerous_settings import BRING_OTHERS_IN
from sencli.store.git.dangerous_settings import ON_THE_LINE
from sencli.store.git.dangerous_settings import OVERRIDES
from sencli.store.git.dangerous_settings import REFUSED_AT_THE_OTHER_END
from sencli.store.git.dangerous_settings import RUN_PROGRAMS
from sencli.store.git.dangerous_settings import SEND_ELSEWHERE
from sencli.store.git.dangerous_settings import among
from tests.cases import each_case

ALL = (*RUN_PROGRAMS, *SEND_ELSEWHERE, *BRING_OTHERS_IN)
MANUAL = Path("/usr/share/man/man1/git-config.1.gz")
# Looked at one by one in the manual of that git: they name no program and no place.
VERSION, *HARMLESS = (
    (Path(__file__).parent / "git_settings_harmless.txt")
    .read_text("utf-8")
    .splitlines()
)
_TELLING_NAME = re.compile(
    r"command|cmd\b|program|helper|hook|pager|editor|proxy|driver|textconv|browser|"
    r"tool|url\b|\buri|\bvcs|askpass|clean|smudge|process\b|external|exec|insteadof|"
    r"include\.|tunnel|server|promisor|partialclone",
    re.IGNORECASE,
)
_TELLING_TEXT = re.compile(
    r"\b(program|shell|execut|hook|the command|a command|invoke|run by|helper)",
    re.IGNORECASE,
)


def listed() -> list[str]:
    """The names of settings that this git knows, `*` for a chosen name."""
    done = subprocess.run(["git", "help", "--config"], capture_output=True, check=False)
    lines = done.stdout.decode().splitlines()
    found = [line for line in lines if re.fullmatch(r"[a-zA-Z]\S*\.\S+", line)]
    return [re.sub(r"<[^>]*>", "*", line) for line in found]


def described() -> dict[str, str]:
    """What the manual of this git says of each setting; nothing without a manual."""
    if not MANUAL.exists():
        return {}
    text = gzip.decompress(MANUAL.read_bytes()).decode("utf-8", "replace")
    text = re.sub(r"\\f[IRB]|\\&|\\\(cq", "", text).replace("\\-", "-")
    parts = re.split(r"\n\.PP\n(?=[a-zA-Z][a-zA-Z0-9.<>*-]*\.\S[^\n]*\n\.RS)", text)
    heads = (part.partition("\n") for part in parts[1:])
    return {re.sub(r"<[^>]*>", "*", name): rest for name, _, rest in heads}


def refuse(odd: list[str]) -> None:
    """Fail on these, or say that a newer git than was looked at has them."""
    done = subprocess.run(["git", "version"], capture_output=True, check=False)
    number = [int(n) for n in re.findall(r"[0-9]+", done.stdout.decode())[:2]]
    if odd and number > [int(n) for n in re.findall(r"[0-9]+", VERSION)]:
        warnings.warn(f"look at these settings of a newer git: {odd}", stacklevel=2)
    else:
        assert odd == []


def judged(name: str) -> bool:
    """Whether a setting is in our list, or known to be harmless."""
    sample = name.replace("*", "x").split(",")[0]
    return among(sample, ALL) or among(sample, tuple(HARMLESS))


def test_every_setting_whose_name_speaks_of_programs_is_judged() -> None:
    names = listed()
    assert names
    refuse([n for n in names if _TELLING_NAME.search(n) and not judged(n)])


def test_every_setting_whose_description_speaks_of_programs_is_judged() -> None:
    told = described()
    odd = [name for name, text in told.items() if _TELLING_TEXT.search(text)]
    assert bool(odd) == bool(told)
    refuse([name for name in odd if not judged(name)])


def test_nothing_is_called_harmless_that_is_in_the_list() -> None:
    both = [n for n in HARMLESS if among(n.replace("*", "x"), RUN_PROGRAMS)]
    assert both == []


@each_case(
    "key",
    [
        "core.alternaterefscommand",
        "url.https://evil.example/.insteadof",
        "url.x.pushinsteadof",
        "includeif.gitdir:/x/.path",
        "include.path",
        "credential.https://x.example.helper",
        "gpg.ssh.program",
        "filter.git-crypt.clean",
        "diff.a.b.textconv",
        "remote.origin.uploadpack",
        "http.https://x.example.proxy",
        "extensions.partialclone",
        "core.worktree",
    ],
)
def test_the_list_knows(key: str) -> None:
    assert among(key, ALL)


@each_case("key", ["user.name", "core.bare", "remote.origin.url"])
def test_the_list_lets_be(key: str) -> None:
    assert not among(key, ALL)


def test_git_takes_every_override() -> None:
    words = [
        w for s in (*OVERRIDES, *ON_THE_LINE, *AT_THE_OTHER_END) for w in ("-c", s)
    ]
    done = subprocess.run(["git", *words, "var", "GIT_EDITOR"], check=False)
    assert done.returncode in (0, 1)
    assert set(REFUSED_AT_THE_OTHER_END) <= set(ALL)
