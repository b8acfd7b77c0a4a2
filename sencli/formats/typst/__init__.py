"""PDF and HTML by Typst: data, fonts, templates, the school's own templates."""

from __future__ import annotations
