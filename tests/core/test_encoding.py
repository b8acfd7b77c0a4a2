"""Text as other programs write it: UTF-8, UTF-16, the code page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencli.core.text.encoding import decoded
from tests.cases import each_case

ZOE = "Zoë said: “naïve” café"


@each_case(
    ("encoding", "told"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_each_is_read_and_told(encoding: str, told: str) -> None:
    assert decoded(ZOE.encode(encoding)) == (ZOE, told)


def test_the_code_page_of_the_console() -> None:
    assert decoded("Zoë".encode("cp850"), "cp850") == ("Zoë", "CP850")


def test_a_code_page_that_is_utf_8_is_no_code_page() -> None:
    assert decoded("Zoë".encode("cp1252"), "utf-8") == ("Zoë", "Windows-1252")


def test_what_is_no_text() -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(b"\x81\x8d\x8f")


def test_nothing() -> None:
    assert decoded(b"") == ("", "")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf_8_is_itself(text: str) -> None:
    assert decoded(text.encode()) == (text, "")
