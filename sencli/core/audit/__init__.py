"""The audit trail in words, and what each action is allowed to change."""

from __future__ import annotations
