"""Text as typed and as read: dates, names, money, ids, UPNs, reading age."""

from __future__ import annotations
