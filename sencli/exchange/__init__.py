"""In and out: calendars, spreadsheets, archives."""

from __future__ import annotations
