"""Pure: records in, new records or facts out. The day is always an argument."""

from __future__ import annotations
