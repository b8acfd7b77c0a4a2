"""Sync."""

from __future__ import annotations
