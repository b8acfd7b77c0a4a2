"""YAML in and out: parser, canonical writer, comments, schema errors in words."""

from __future__ import annotations
