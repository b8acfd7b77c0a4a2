"""Commands of assess, plan, do, review: cycles, outcomes, interventions, sessions."""

from __future__ import annotations
