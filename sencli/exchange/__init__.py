"""Import and export: spreadsheets and calendars."""

from __future__ import annotations
