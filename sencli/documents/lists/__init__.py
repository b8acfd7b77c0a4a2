"""Lists for the terminal, csv and json: what each ``list`` command prints."""

from __future__ import annotations
