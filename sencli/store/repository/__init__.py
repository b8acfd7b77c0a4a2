"""Repository."""

from __future__ import annotations
