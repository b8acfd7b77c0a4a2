"""SEN support records for an English school: plain files, git, an audit trail."""

from __future__ import annotations

__version__ = "0.1.0"
