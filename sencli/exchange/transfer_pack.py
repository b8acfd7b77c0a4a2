"""The one file of a pupil for the next school: a zip with a list of its checksums.

What is read is a stranger's data: nothing is unpacked to disk, each part has a name
that is expected, once, is no link, and unpacks to no more than the list says.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import zlib
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED
from zipfile import ZIP_STORED
from zipfile import BadZipFile
from zipfile import ZipFile
from zipfile import ZipInfo

from sencli.errors import InvalidValue
from sencli.value import Value

FORM = "sencli transfer"
VERSION = 1
LARGEST = 200_000_000
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
RECORD = "record.yaml"
HISTORY = "history.json"
CATALOGUE = "provisions.json"
PAGE = "record.pdf"
RECEIPT = "receipt.pdf"
ATTACHMENTS = "attachments/"
_EXPECTED = {
    *("README.txt", RECORD, HISTORY, CATALOGUE, PAGE, "record.html"),
    *("history.html", RECEIPT, "receipt.html", "sen-data-ctf.xml"),
}
_NEEDED = {RECORD, HISTORY, CATALOGUE}
_ATTACHMENT = re.compile(r"attachments/[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_MOST_PARTS = 400
_MOST_PART = 25_000_000
_MOST_LIST = 200_000
_MOST_TOTAL = 400_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_ASK = "Ask the other school to send it again."


class TransferPack(Value):
    """The parts of the file, checked against its list.

    Attributes:
        about: the list: ``school``, ``pupil``, ``made``, ``withheld``.
        parts: each by its name.
        manifest: the bytes of the list, which a signature is of.
        signature: of the list, or nothing.
    """

    about: Mapping[str, Any]
    parts: Mapping[str, bytes]
    manifest: bytes
    signature: bytes = b""

    def json(self, name: str) -> Any:
        """A part that is JSON.

        Raises:
            InvalidValue: it is none.
        """
        return _json(self.parts[name], name)

    @property
    def attachments(self) -> dict[str, bytes]:
        """The attachments, by file name."""
        return {
            name.removeprefix(ATTACHMENTS): data
            for name, data in self.parts.items()
            if name.startswith(ATTACHMENTS)
        }


def manifest_of(about: Mapping[str, Any], parts: Mapping[str, bytes]) -> bytes:
    """The list of the parts with their checksums."""
    files = [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(parts.items())
    ]
    whole = {"form": FORM, "version": VERSION, **about, "files": files}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode()


def packed(pack: TransferPack) -> bytes:
    """The file."""
    held = BytesIO()
    listed = {MANIFEST: pack.manifest, SIGNATURE: pack.signature}
    with ZipFile(held, "w") as whole:
        for name, data in {**pack.parts, **listed}.items():
            if data or name != SIGNATURE:
                info = ZipInfo(name, _EPOCH)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                whole.writestr(info, data)
    return held.getvalue()


def unpacked(data: bytes) -> TransferPack:
    """The parts of a file that came.

    Raises:
        InvalidValue: it is none, or not as it was sent; says what is wrong.
    """
    if len(data) > LARGEST:
        raise _refused(f"it is larger than {LARGEST // 1_000_000} MB")
    try:
        with ZipFile(BytesIO(data)) as whole:
            return _checked(whole)
    except (BadZipFile, zlib.error, EOFError, RuntimeError):
        # the last is zipfile's for a password, or a way to pack that it does not know
        raise _refused("it is no zip, or a damaged one") from None
    except (ValueError, OverflowError, IndexError, KeyError, TypeError):
        raise _refused("it is not as sen export transfer writes it") from None


def _refused(why: str) -> InvalidValue:
    return InvalidValue(f"The file was not taken in: {why}.", _ASK)


def _checked(whole: ZipFile) -> TransferPack:
    infos = whole.infolist()
    _refuse_strange(infos)
    by_name = {info.filename: info for info in infos}
    if MANIFEST not in by_name:
        raise _refused(f"there is no {MANIFEST} in it, so it is no transfer file")
    manifest = _content(whole, by_name[MANIFEST], _MOST_LIST)
    about = _json(manifest, MANIFEST)
    listed = dict(_listed(about))
    there = by_name.keys() - {MANIFEST, SIGNATURE}
    if missing := sorted((listed.keys() | _NEEDED) - there):
        raise _refused(f"{missing[0]} is missing from it")
    if extra := sorted(there - listed.keys()):
        raise _refused(f"{extra[0]!a} is in it, and not on its list")
    parts = {}
    for name, (size, sha256) in listed.items():
        found = _content(whole, by_name[name], size)
        if len(found) != size or hashlib.sha256(found).hexdigest() != sha256:
            raise _refused(f"{name} is not as it was sent: its checksum differs")
        parts[name] = found
    signature = b""
    if SIGNATURE in by_name:
        signature = _content(whole, by_name[SIGNATURE], _MOST_LIST)
    return TransferPack(about, parts, manifest, signature)


def _refuse_strange(infos: list[ZipInfo]) -> None:
    """Refuse names and kinds of parts that no transfer file has."""
    if len(infos) > _MOST_PARTS:
        raise _refused(f"it has more than {_MOST_PARTS} parts")
    seen = set()
    for info in infos:
        name = info.filename
        known = name in _EXPECTED | {MANIFEST, SIGNATURE} or _ATTACHMENT.fullmatch(name)
        if not known or info.orig_filename != name:
            raise _refused(f"{name[:80]!a} is no part of a transfer file")
        if name.casefold() in seen:
            raise _refused(f"{name} is in it twice")
        seen.add(name.casefold())
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            raise _refused(f"{name} is a link, or no plain file")
        if info.flag_bits & _ENCRYPTED:
            raise _refused(f"{name} is locked with a password")
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise _refused(f"{name} is packed in a way that is not read here")
        if info.file_size > _MOST_PART:
            raise _refused(f"{name} unpacks to more than {_MOST_PART // 1_000_000} MB")
    if sum(info.file_size for info in infos) > _MOST_TOTAL:
        raise _refused("it unpacks to more than a pupil's record can have")


def _content(whole: ZipFile, info: ZipInfo, most: int) -> bytes:
    """One part; what is longer than it should be is not read on."""
    with whole.open(info) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise _refused(f"{info.filename} is longer than its list says")
    return data


def _json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _refused(f"{name} cannot be read") from None


def _listed(about: Any) -> Iterator[tuple[str, tuple[int, str]]]:
    """The parts by the list: name, size, checksum."""
    if not isinstance(about, dict) or about.get("form") != FORM:
        raise _refused(f"its {MANIFEST} is no list of a transfer file")
    if about.get("version") != VERSION:
        raise InvalidValue(
            "The file was written by a newer sencli than this one.",
            "Bring this computer up to date: pipx upgrade sencli",
        )
    for name in ("school", "pupil", "made"):
        text = about.get(name)
        if not (isinstance(text, str) and text.strip() and text.isprintable()):
            raise _refused(f"its {MANIFEST} does not say the {name}")
    date.fromisoformat(about["made"])
    if not all(isinstance(one, str) for one in about.get("withheld", ())):
        raise _refused(f"its {MANIFEST} is not as it should be")
    seen = set()
    for one in about.get("files", ()):
        name, size, sha256 = one["name"], one["bytes"], one["sha256"]
        if type(name) is not str or name in seen:
            raise _refused(f"its {MANIFEST} names a part twice")
        if type(size) is not int or not 0 <= size <= _MOST_PART:
            raise _refused(f"its {MANIFEST} gives a size that cannot be")
        seen.add(name)
        yield name, (size, sha256)
