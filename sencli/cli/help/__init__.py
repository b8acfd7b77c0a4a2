"""``sen help`` and completion in the shell."""

from __future__ import annotations
