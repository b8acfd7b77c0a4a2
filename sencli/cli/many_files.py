"""Many files into one folder: all of them, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sencli.cli.progress import progress
from sencli.errors import EnvironmentFault
from sencli.errors import UsageFault


def write_files(place: Path, data: Mapping[str, bytes], *, force: bool) -> None:
    """Write the files into a folder that is made where it is missing.

    They are written beside and moved when all are whole: stopped before that, nothing
    of them is left, nor the folder that was made for them.

    Args:
        place: the folder.
        data: names of the files, and what is in them.
        force: whether files of those names are replaced.

    Raises:
        UsageFault: it is no folder, or has files of those names.
        EnvironmentFault: the disk refuses.
    """
    if place.is_file():
        raise UsageFault(f"{place} is a file.", "--each needs a folder.")
    there = [name for name in data if (place / name).exists()]
    if there and not force:
        raise UsageFault(
            f"{place / there[0]} is there already.", "Add --force to write over it."
        )
    made = not place.exists()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(place, data)
    except OSError as error:
        raise EnvironmentFault(
            f"{place} cannot be written: {error.strerror}."
        ) from error
    finally:
        if made and place.exists() and not any(place.iterdir()):
            place.rmdir()


def _write(place: Path, data: Mapping[str, bytes]) -> None:
    from tempfile import TemporaryDirectory

    from sencli.store.parallel import uninterrupted

    with TemporaryDirectory(dir=place, prefix=".sencli-") as scratch:
        with progress("Saving papers", len(data)) as tick:
            for name, content in data.items():
                _save(Path(scratch, name), content)
                if tick is not None:
                    tick(1)
        with uninterrupted():
            for name in data:
                Path(scratch, name).replace(place / name)


def _save(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
