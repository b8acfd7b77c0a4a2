"""Due."""

from __future__ import annotations
