"""The domain as pure functions: records in, new records or facts out."""

from __future__ import annotations
