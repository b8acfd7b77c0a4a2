"""EHC requests, plans and annual reviews, with their deadlines in law."""

from __future__ import annotations
