"""Papers."""

from __future__ import annotations
