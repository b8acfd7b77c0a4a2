"""What is due or overdue, and a forecast of reviews."""

from __future__ import annotations
