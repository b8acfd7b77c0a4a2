"""The only place with files, YAML and git: reads, one write path, history."""

from __future__ import annotations
