"""Commands that print: print, map, summary, register; readers and records of issue."""

from __future__ import annotations
