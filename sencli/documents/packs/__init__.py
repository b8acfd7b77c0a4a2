"""Packs of papers that belong together: an annual review, the evidence for a plan."""

from __future__ import annotations
