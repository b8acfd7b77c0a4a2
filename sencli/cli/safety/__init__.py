"""Commands for trust and repair: history, undo, verify, doctor, sync, erase."""

from __future__ import annotations
