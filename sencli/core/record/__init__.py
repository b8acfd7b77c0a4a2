"""Any record: find, look up, compare, edit, merge, move and remove items."""

from __future__ import annotations
