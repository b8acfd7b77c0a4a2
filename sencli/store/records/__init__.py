"""Reading and checking records, in the working folder or in any commit."""

from __future__ import annotations
