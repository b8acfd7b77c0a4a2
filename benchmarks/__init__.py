"""Programs that measure; never timed tests."""

from __future__ import annotations
