"""One pupil: status, needs, flags, funding, concerns, joining and leaving."""

from __future__ import annotations
