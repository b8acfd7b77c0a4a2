"""The write path: lock, act, check, commit, publish; and recovery after a kill."""

from __future__ import annotations
