"""Commands for meetings, specialists, reports, moves and EHC plans."""

from __future__ import annotations
