"""The school's own files: set-up, settings, terms, importing pupils."""

from __future__ import annotations
