"""Commands that say what is missing or due: check, due, rule, exception."""

from __future__ import annotations
