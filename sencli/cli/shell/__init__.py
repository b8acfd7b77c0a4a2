"""What all commands share: start-up, options, questions, writing, output, errors."""

from __future__ import annotations
