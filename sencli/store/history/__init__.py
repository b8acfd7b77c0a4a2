"""What the records said, who changed them and when."""

from __future__ import annotations
