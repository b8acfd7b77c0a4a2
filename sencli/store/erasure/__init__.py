"""Erasure."""

from __future__ import annotations
