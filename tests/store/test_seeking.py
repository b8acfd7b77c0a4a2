"""Looking into archives: what cannot be read hides nothing else."""

from __future__ import annotations

import io
import zipfile

from sencli.store import seeking


def test_an_encrypted_entry_hides_no_other():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("locked.txt", "secret")
        archive.writestr("open.txt", "p7k2q stands here")
    raw = bytearray(data.getvalue())
    # the mark of an encrypted entry, in its own head and in the list at the end
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    found = list(seeking._zipped(bytes(raw)))
    assert found == [b"locked.txt", b"open.txt", b"p7k2q stands here"]


def test_what_is_no_archive_is_passed_over():
    assert list(seeking._zipped(b"PK\x03\x04 and no more")) == []
