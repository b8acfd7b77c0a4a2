"""Write many files into one folder: all of them or none."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

from sencli.errors import EnvironmentFault
from sencli.errors import UsageFault
from sencli.store.files import files


def check_files(place: Path, names: Sequence[str], *, force: bool) -> None:
    """Refuse a folder that may not be written into.

    Raises:
        UsageFault: it is no folder, or has files of those names and no ``force``; it
            belongs to the records themselves.
    """
    if place.is_file():
        raise UsageFault(f"{place} is a file.", "--each needs a folder.")
    from sencli.cli.shell.output import refuse_own

    for path in (place, *(place / name for name in names)):
        refuse_own(path)
    there = [name for name in names if (place / name).exists()]
    if there and not force:
        raise UsageFault(
            f"{place / there[0]} is there already.", "Add --force to write over it."
        )


@contextmanager
def new_files(place: Path, names: Sequence[str], root: Path) -> Iterator[Path]:
    """A temporary folder for the files, which are moved when all are written.

    Stopped before that, nothing of them is left, nor the folder made for them.

    Args:
        place: where they are to be; made where it is missing.
        names: of the files.
        root: of the records, which know of a print that is killed.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    from sencli.store.files.parallel import uninterrupted
    from sencli.store.repository.print_scratch import scratch

    made = not place.exists()
    try:
        files.make_folder(str(place.absolute()))
        with scratch(str(place), str(root)) as folder:
            yield Path(folder)
            with uninterrupted():
                for name in names:
                    files.move(str(Path(folder, name)), str(place / name))
    except OSError as error:
        raise EnvironmentFault(
            f"{place} cannot be written: {error.strerror}."
        ) from error
    finally:
        if made and place.exists() and not any(place.iterdir()):
            files.delete_folder(str(place))


def save(path: Path, content: bytes) -> None:
    """Write one of them, onto the disk itself."""
    files.overwrite(str(path), content)
