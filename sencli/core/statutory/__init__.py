"""Statutory."""

from __future__ import annotations
