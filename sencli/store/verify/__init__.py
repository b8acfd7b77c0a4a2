"""Verifying the history, and finding and mending damage (``sen doctor``)."""

from __future__ import annotations
