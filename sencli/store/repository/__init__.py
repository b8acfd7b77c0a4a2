"""The repository as commands see it, with its caches."""

from __future__ import annotations
