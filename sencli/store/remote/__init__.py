"""Remote."""

from __future__ import annotations
