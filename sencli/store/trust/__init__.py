"""Trust."""

from __future__ import annotations
