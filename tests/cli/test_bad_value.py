"""A value that cannot be is said in plain words, with what may stand there."""

from __future__ import annotations

from tests.cli.lesson import refused
from tests.conftest import Typed


def test_plain_words(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan' --year 4")
    for line, says, also in (
        ("print letter", "there is no 'letter'", "letter-health"),
        ("print lettr-health", "Did you mean: letter-health", ""),
        ("print xyz", "There are: register, map", ""),
        ("map --by foo", "--by: there is no 'foo'.", "pupil, class, year"),
        ("session log amelia --minutes x", "'x' is not a number from 1 to 600", ""),
        ("session log amelia --minutes 700", "'700' is not a number from", ""),
        ("pupil set amelia specialists.1.restricted=true", "It is a list", "edit"),
        ("backup", "sen backup FOLDER", ""),
    ):
        told = refused(oak, *line.split(), code=2).err
        assert says in told, line
        assert also in told, line
        assert "integer range" not in told
