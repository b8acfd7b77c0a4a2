"""Cycle."""

from __future__ import annotations
