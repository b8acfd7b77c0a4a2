"""Talking to a remote safely."""

from __future__ import annotations
