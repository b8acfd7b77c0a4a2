"""Typst."""

from __future__ import annotations
