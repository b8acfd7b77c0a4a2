"""Safety."""

from __future__ import annotations
