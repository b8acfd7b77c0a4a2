"""Commands about the school: init, import, staff, terms, rates, the catalogue."""

from __future__ import annotations
