"""Files, locks, disks, processes and shells, right on every system."""

from __future__ import annotations
