"""What every document needs: options, school, wording, people, the reader."""

from __future__ import annotations
