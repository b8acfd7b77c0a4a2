"""Reports."""

from __future__ import annotations
