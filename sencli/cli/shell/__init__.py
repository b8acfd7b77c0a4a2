"""Shell."""

from __future__ import annotations
