"""Versions judged one after another come to what each comes to by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.pupils import Kind
from benchmarks.pupils import Pupil
from sencli.errors import InvalidValue
from sencli.store.records import checked_versions
from sencli.store.records.draft import judge
from sencli.store.text.dump import dumps

PATH = "pupils/p7k2q.yaml"
RECORD = Pupil(Kind(5, "A", ("A01",), 1.0, 0), 0, "p7k2q", 3).record()
TEXT = dumps(RECORD, "pupil")


def said(look, *words):
    """Why it refuses, or nothing."""
    try:
        look(*words)
    except InvalidValue as fault:
        return fault.message
    return ""


@settings(deadline=None, max_examples=15)
@given(
    st.lists(
        st.text(
            st.sampled_from("aé🙂\\ \t\u202e\u200d\u2066\u0085\x07\u00a0'\""),
            max_size=6,
        ),
        max_size=4,
    )
)
def test_characters_that_cannot_be_seen(texts):
    versions = checked_versions.Versions()
    for text in texts:
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        for name in (f'"{text}"', f'"{quoted}"', '"\\x07"', '"\\u202E"', "Amy"):
            data = f"{TEXT}known_as: {name}\n".encode()
            assert said(versions.record, PATH, data) == said(judge, PATH, data)


def test_many_files_are_not_all_remembered(monkeypatch):
    monkeypatch.setattr(checked_versions, "_KEPT", 2)
    versions = checked_versions.Versions()
    for number in (1, 2, 3, 1, 2, 3):
        path = f"pupils/p7k2{number}.yaml"
        assert versions.record(path, TEXT.encode()) == RECORD
    assert len(versions._kept) == 2
