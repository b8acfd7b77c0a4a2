"""Verify."""

from __future__ import annotations
