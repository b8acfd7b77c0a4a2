"""The catalogue of provisions, what support costs, the map and the register."""

from __future__ import annotations
