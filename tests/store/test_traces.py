"""Looking into archives: what cannot be read hides nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest

from sencli.store.erasure import traces


def test_an_encrypted_entry_hides_no_other():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("locked.txt", "secret")
        archive.writestr("open.txt", "p7k2q stands here")
    raw = bytearray(data.getvalue())
    # the mark of an encrypted entry, in its own head and in the list at the end
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    found = list(traces._zipped(bytes(raw)))
    assert found == [b"locked.txt", b"open.txt", b"p7k2q stands here"]


def test_what_is_no_archive_is_passed_over():
    assert list(traces._zipped(b"PK\x03\x04 and no more")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Siobhan ONeill-Brown",
        "BROWN, O\u2019NEILL siobhan? no: o neill brown siobhan",
        "first_name: Siobh\u00e1n\nlast_name: O'Neill-Brown",
        "siobha\u0301n_o`neill_brown.docx",
        "Siob\u200bh\u00e1n O\u02bcNeill\u2011Brown\u2019s file",
    ],
)
@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_name_is_found_in_any_spelling_and_encoding(text, code):
    data = b"\x07" + text.encode(code, "ignore")
    wanted = traces.needles([], ["Siobh\u00e1n O'Neill-Brown"])
    assert traces.matches_in(data, wanted)
    assert not traces.matches_in("Siobhan Neill".encode(code), wanted)


@pytest.mark.parametrize("typed", ["Lukasz Nowak", "\u0141ukasz Nowak", "nowak lukasz"])
def test_a_name_typed_without_accents_finds_what_has_them(typed):
    (wanted,) = traces.needles([], [typed])
    assert traces.matches_in("of \u0141ukasz Nowak.".encode(), [wanted])
    assert not traces.matches_in("of \u0141ukaszek Nowak.".encode(), [wanted])
