"""Whether a record is consistent: references, dates, people, duplicates."""

from __future__ import annotations
