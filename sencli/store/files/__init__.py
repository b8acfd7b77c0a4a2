"""Files."""

from __future__ import annotations
