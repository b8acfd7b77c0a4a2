"""Figures for governors, impact, the information report, one pupil's case."""

from __future__ import annotations
