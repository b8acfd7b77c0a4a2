"""Erasing one pupil from the whole history, lawfully and for good."""

from __future__ import annotations
