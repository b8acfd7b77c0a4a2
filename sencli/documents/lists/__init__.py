"""Lists."""

from __future__ import annotations
