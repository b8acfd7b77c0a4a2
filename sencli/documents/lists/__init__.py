"""Lists for the terminal, csv and json: records, findings, what is due, the history."""

from __future__ import annotations
