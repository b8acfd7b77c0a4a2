"""Papers about one pupil for staff: overview, cycle, case, EHC dates."""

from __future__ import annotations
