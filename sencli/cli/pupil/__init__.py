"""Commands about one pupil: who they are, status, needs, contacts, concerns."""

from __future__ import annotations
