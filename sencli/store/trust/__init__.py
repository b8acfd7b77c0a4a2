"""Who may sign changes, who did, and certificates of erasure."""

from __future__ import annotations
