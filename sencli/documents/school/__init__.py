"""Papers about the whole school: register, map, class pages, census, governors."""

from __future__ import annotations
