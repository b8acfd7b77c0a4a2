"""Contacts, parents, staff, and resolving a person from what was typed."""

from __future__ import annotations
