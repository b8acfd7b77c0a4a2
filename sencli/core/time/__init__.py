"""School days, weeks, terms and bank holidays."""

from __future__ import annotations
