"""Parents."""

from __future__ import annotations
