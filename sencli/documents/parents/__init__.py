"""Papers for families: summary, letters, profile, support plan."""

from __future__ import annotations
