"""The shapes of the records, as the schemas have them."""

from __future__ import annotations
