"""What is kept ready by its own text is never older than the text."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sencli.errors import InvalidValue
from sencli.store.repository import cache_files
from sencli.store.repository.repository import Repository
from tests.systems import is_private

PATH = "school.yaml"


def cache(repository: Repository) -> Path:
    return Path(cache_files.place(repository, "parsed-school"))


def test_it_is_what_the_parser_reads(repository: Repository) -> None:
    for _ in range(2):
        assert cache_files.parsed(repository, PATH) == repository.read(PATH)
    assert is_private(cache(repository))


def test_it_is_taken_from_the_cache(repository: Repository) -> None:
    cache_files.parsed(repository, PATH)
    version, text, record = json.loads(cache(repository).read_text("utf-8"))
    cache(repository).write_text(
        json.dumps([version, text, record | {"name": "Ash"}]), "utf-8", newline="\n"
    )
    assert cache_files.parsed(repository, PATH)["name"] == "Ash"


def test_a_change_that_leaves_size_and_time_as_they_were_is_seen(
    repository: Repository,
) -> None:
    cache_files.parsed(repository, PATH)
    file = repository.root / PATH
    before = file.stat()
    file.write_text(
        file.read_text("utf-8").replace("Oak", "Elm"), "utf-8", newline="\n"
    )
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cache_files.parsed(repository, PATH)["name"] == "Elm Primary"


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '["0", "x"]', "[1, 2, 3]"])
def test_a_damaged_cache_costs_time_only(repository: Repository, damage: str) -> None:
    cache(repository).write_text(damage, "utf-8", newline="\n")
    assert cache_files.parsed(repository, PATH) == repository.read(PATH)


def test_a_cache_that_cannot_be_written_costs_time_only(
    repository: Repository,
) -> None:
    cache(repository).mkdir()
    assert cache_files.parsed(repository, PATH) == repository.read(PATH)


@pytest.mark.parametrize("text", [b"name: [", b"name: \xff\n", b"a: 1\na: 2\n"])
def test_what_cannot_be_read_is_refused_each_time(
    repository: Repository, text: bytes
) -> None:
    cache_files.parsed(repository, PATH)
    (repository.root / PATH).write_bytes(text)
    for _ in range(2):
        with pytest.raises(InvalidValue):
            cache_files.parsed(repository, PATH)


def test_what_json_would_change_is_not_kept(repository: Repository) -> None:
    (repository.root / PATH).write_text(
        "schema: 1\nname: Oak\n7: seven\n", "utf-8", newline="\n"
    )
    for _ in range(2):
        assert cache_files.parsed(repository, PATH) == repository.read(PATH)
