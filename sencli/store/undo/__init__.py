"""Undo."""

from __future__ import annotations
