"""Taking back an action by a new commit."""

from __future__ import annotations
