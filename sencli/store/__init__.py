"""Storage: the only layer with files, YAML and git."""

from __future__ import annotations
