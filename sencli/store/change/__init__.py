"""Change."""

from __future__ import annotations
