"""The fragments printed in docs/rules read back as the rules' own fragments."""

from __future__ import annotations

import yaml

from sencli.documents.lists.rules import outline
from sencli.rules import RULES
from tests.cases import each_case


@each_case("rule", RULES, ids=lambda rule: rule.code)
def test_the_printed_fragments_are_the_fragments(rule):
    for fragment in (rule.fails, rule.passes):
        reader = yaml.BaseLoader(outline(fragment))
        assert reader.get_single_data() == plain(fragment)


def plain(value):
    """Everything as text, as a reader without types has it."""
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
