"""Advice for a folder of records whose history is missing.

A new history is the last resort, since nothing brings back what the old one said.
"""

from __future__ import annotations

import os

from sencli.errors import NotFound

HINT = (
    "First of all copy the whole folder to another disk, as it is.\n"
    "Then take the history from another copy, the other laptop's, the meeting place's "
    "or the backup's: git clone ADDRESS FOLDER\n"
    "What the files here say beyond that copy: put them over its own, then: sen "
    "commit\n"
    "Only where there is no other copy, begin a new history: sen init NEW --school "
    "SCHOOL --senco NAME\n"
    "Put school.yaml, provisions.yaml, groups.yaml, pupils and documents there, then: "
    "sen commit\n"
    "What is lost then: who changed what and when, what was known on a day, and all "
    "that sen undo could take back."
)


def has_records(folder: str) -> bool:
    """Whether the folder contains a school's and pupils' files."""
    return os.path.isfile(os.path.join(folder, "school.yaml")) and os.path.isdir(
        os.path.join(folder, "pupils")
    )


def stands_alone(folder: str) -> bool:
    """Whether a folder has records, and no `.git` that could hold their history."""
    return has_records(folder) and not os.path.isdir(os.path.join(folder, ".git"))


def history_gone_fault(folder: str) -> NotFound:
    """The sentence, and the ways out."""
    return NotFound(
        f"The history of the records in {folder} is gone: {_how(folder)}. The records "
        "themselves stand there.",
        HINT,
    )


def _how(folder: str) -> str:
    """How it is seen: nothing is there, or what stands for it leads nowhere."""
    place = os.path.join(folder, ".git")
    if os.path.isfile(place):
        return "its .git is a file that leads to nothing"
    if os.path.isdir(place):
        return "its .git holds no change"
    return "there is no .git in it"
