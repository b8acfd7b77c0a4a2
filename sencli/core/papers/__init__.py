"""Before a paper is made: redaction, plain English, check codes, records of issue."""

from __future__ import annotations
