"""Support."""

from __future__ import annotations
