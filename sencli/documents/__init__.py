"""Documents: ``build(records, school, day) -> View``, one module each."""

from __future__ import annotations
