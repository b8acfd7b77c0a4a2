"""Made_in."""

from __future__ import annotations
