"""The school's choices and the defaults behind them."""

from __future__ import annotations

import json

from sencli.core.school.settings import NAMES
from sencli.core.school.settings import Settings
from sencli.core.school.settings import settings
from sencli.resources import schema_path


def test_defaults_and_choices():
    assert settings({}) == Settings()
    chosen = settings({"settings": {"meetings_a_year": 4}})
    assert (chosen.meetings_a_year, chosen.stale_weeks) == (4, 6)


def test_every_setting_of_the_schema_has_a_default():
    schema = json.loads(schema_path("school").read_text(encoding="utf-8"))
    assert set(schema["properties"]["settings"]["properties"]) == set(NAMES)
