"""Looking into archives: what cannot be read hides nothing else."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import subprocess
import zipfile
import zlib
from pathlib import Path

from sencli.store.erasure import traces
from sencli.store.erasure import unpacked
from tests.cases import each_case


def test_an_encrypted_entry_hides_no_other():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("locked.txt", "secret")
        archive.writestr("open.txt", "p7k2q stands here")
    raw = bytearray(data.getvalue())
    # the mark of an encrypted entry, in its own head and in the list at the end
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    found = list(unpacked._zipped(bytes(raw)))
    assert found == [b"locked.txt", b"open.txt", b"p7k2q stands here"]


def test_what_is_no_archive_is_passed_over():
    assert list(unpacked._zipped(b"PK\x03\x04 and no more")) == []


@each_case(
    "text",
    [
        "Siobhan ONeill-Brown",
        "BROWN, O\u2019NEILL siobhan? no: o neill brown siobhan",
        "first_name: Siobh\u00e1n\nlast_name: O'Neill-Brown",
        "siobha\u0301n_o`neill_brown.docx",
        "Siob\u200bh\u00e1n O\u02bcNeill\u2011Brown\u2019s file",
    ],
)
@each_case("code", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_name_is_found_in_any_spelling_and_encoding(text, code):
    data = b"\x07" + text.encode(code, "ignore")
    wanted = traces.needles([], ["Siobh\u00e1n O'Neill-Brown"])
    assert traces.matches_in(data, wanted)
    assert not traces.matches_in("Siobhan Neill".encode(code), wanted)


@each_case("typed", ["Lukasz Nowak", "\u0141ukasz Nowak", "nowak lukasz"])
def test_a_name_typed_without_accents_finds_what_has_them(typed):
    (wanted,) = traces.needles([], [typed])
    assert traces.matches_in("of \u0141ukasz Nowak.".encode(), [wanted])
    assert not traces.matches_in("of \u0141ukaszek Nowak.".encode(), [wanted])


def _zip(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", data)
    return made.getvalue()


_NAMED = "Of Zo\u00eb Quux, with much more to say. ".encode() * 3


@each_case(
    "data",
    [
        bz2.compress(_NAMED),
        lzma.compress(_NAMED),
        gzip.compress(_zip(_NAMED)),
        _zip(_zip(bz2.compress(_NAMED))),
        zlib.compress(b"blob 123\0" + _NAMED),
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(_NAMED),
        b"Subject: =?utf-8?B?" + base64.b64encode(_NAMED[:12]) + b"?=\n"
        b"mime-version: 1.0\n\nno more\n",
        b"Content-Transfer-Encoding: quoted-printable\n\nOf Zo=C3=AB Qu=\nux\n",
    ],
)
def test_a_name_is_found_however_deep_it_is_packed(data):
    wanted = traces.needles([], ["Zo\u00eb Quux"])
    assert traces.matches_in(data, wanted)
    for cut in range(0, len(data), 7):
        traces.matches_in(data[:cut], wanted)


def test_a_name_is_found_in_a_bundle_and_a_copied_pack(tmp_path: Path):
    def git(*words: str) -> None:
        who = ("-c", "user.name=J. Patel", "-c", "user.email=j@school.example")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True)

    git("init", "-q")
    for number in range(3):
        big = "".join(f"{n * n}\n" for n in range(20_000))
        (tmp_path / "r.yaml").write_text(
            f"{big}name: Zo\u00eb Quux {number}\n", "utf-8", newline="\n"
        )
        git("add", "r.yaml")
        git("commit", "-q", "-m", f"version {number}")
    git("bundle", "create", "-q", "school.bundle", "--all")
    git("repack", "-adq")
    (pack,) = (tmp_path / ".git/objects/pack").glob("*.pack")
    wanted = traces.needles([], ["Zo\u00eb Quux"])
    for data in ((tmp_path / "school.bundle").read_bytes(), pack.read_bytes()):
        assert traces.matches_in(data, wanted)
        assert len(list(unpacked.unpacked(data))) == 9
        assert not traces.matches_in(data, traces.needles([], ["Amelia Khan"]))
    store = str(tmp_path / ".git/objects")
    place = f"pack/{pack.name}"
    assert traces._of_git(place, store)
    index = pack.with_suffix(".idx")
    index.chmod(0o644)  # git makes it read-only, which Windows does not delete
    index.unlink()
    assert not traces._of_git(place, store)
    assert not traces._of_git("old.pack", store)
