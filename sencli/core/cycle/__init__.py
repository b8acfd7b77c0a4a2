"""Assess, plan, do, review: cycles, outcomes, interventions, sessions, progress."""

from __future__ import annotations
