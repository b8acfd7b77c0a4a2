"""Bringing two computers' changes together over a remote."""

from __future__ import annotations
