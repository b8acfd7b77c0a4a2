"""Meetings, specialists, advice, reports to parents, transitions."""

from __future__ import annotations
