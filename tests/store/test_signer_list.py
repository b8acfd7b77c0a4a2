"""The list of signers as text: OpenSSH's form, its days, and whose signature it is."""

from __future__ import annotations

import base64
import subprocess
import time
from calendar import timegm
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.errors import InvalidValue
from sencli.store.records import signers_file
from sencli.store.records.signers_file import Signer
from tests.cases import each_case
from tests.store.test_sign import ssh_key
from tests.systems import tool

KEY = base64.b64encode(b"\0\0\0\x0bssh-ed25519" + bytes(36)).decode()
NOON = timegm((2025, 1, 1, 12, 0, 0, 0, 0, 0))


def line(options: str = "", name: str = "a@oak.example") -> bytes:
    return f"{name} {options} ssh-ed25519 {KEY} a remark\n".encode()


@each_case(
    ("options", "counts"),
    [
        ("", True),
        ('namespaces="git"', True),
        ('namespaces="git",valid-after="20250101110000Z"', True),
        ("valid-after=20250101130000Z", False),
        ('valid-before="20250101130000Z",namespaces="git"', True),
        ("valid-before=202501011100Z", False),
        ("valid-before=20200101", False),
        ("valid-after=20259999", False),
        ('valid-before="99999999Z"', False),
    ],
)
def test_days_of_a_line(options: str, counts: object) -> None:
    (found,) = signers_file.read(line(options))
    assert found.counts(NOON) is counts
    assert b"valid-" not in signers_file.undated(line(options))
    assert signers_file.read(signers_file.undated(line(options)))[0].key == KEY


@each_case(
    "text", ["", "# a@b.example ssh-ed25519 AAAA", "a@b.example", "a ssh-ed25519 ###"]
)
def test_what_is_no_line(text: str) -> None:
    assert signers_file.read(text.encode()) == []
    with pytest.raises(InvalidValue):
        signers_file.typed(text)


@each_case("name", ["*@x.example", "!a@b.example", "a b@c", "a,b@c.d"])
def test_names_that_openssh_would_take_for_patterns(name: str) -> None:
    with pytest.raises(InvalidValue):
        signers_file.typed(f"ssh-ed25519 {KEY}", name)


def test_fingerprint_and_signature_are_those_of_openssh(tmp_path: Path) -> None:
    key = ssh_key(tmp_path)
    words = [tool("ssh-keygen"), "-lf", str(key)]
    told = subprocess.run(
        words, capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    public = key.with_suffix(".pub").read_text("utf-8")
    assert signers_file.typed(public, "a@oak.example").mark == told.split()[1]
    words = [tool("ssh-keygen"), "-Y", "sign", "-n", "git", "-f", str(key)]
    made = subprocess.run(words, input=b"x", capture_output=True, check=True).stdout
    assert signers_file.signed_with(made) == told.split()[1]
    for odd in (b"", b"-----BEGIN PGP-----\niQE=\n", b"\xff", made[:90]):
        assert signers_file.signed_with(odd) == ""


moments = st.none() | st.integers(0, 4_000_000_000)


@settings(deadline=None, max_examples=60)
@given(since=moments, until=moments, at=st.integers(0, 4_000_000_000))
def test_a_line_reads_back(since: int | None, until: int | None, at: int) -> None:
    made = Signer("a@oak.example", "ssh-ed25519", KEY, since, until)
    listed = signers_file.with_line(b"# ours", made)
    assert signers_file.read(listed) == [made]
    done = signers_file.ended(listed, made.mark, at)
    (found,) = signers_file.read(done)
    assert not found.counts(max(at, time.time_ns() // 10**9 * 10))
    assert all(found.counts(s) == made.counts(s) for s in range(at - 3, at))
    assert signers_file.ended(done, made.mark, at) == done
