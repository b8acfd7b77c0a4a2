"""Git's own formats and processes: objects, index, packs, settings, signatures."""

from __future__ import annotations
