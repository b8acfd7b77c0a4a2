"""Names read in the wrong encoding are seen, also beside others that are right."""

from __future__ import annotations

from sencli.core.text.garbled import mended
from tests.cases import each_case


@each_case(
    ("garbled", "meant"),
    [
        ("Siobh\u00c3\u00a1n", "Siobh\u00e1n"),
        ("Siobh\u00c3\u00a1n O\u2019Neill", "Siobh\u00e1n O\u2019Neill"),
        ("Zo\u00eb Siobh\u00c3\u00a1n-Brown", "Zo\u00eb Siobh\u00e1n-Brown"),
        ("O\u2019Neill, Siobh\u00c3\u00a1n", "O\u2019Neill, Siobh\u00e1n"),
    ],
)
def test_one_garbled_word_is_seen_among_others(garbled, meant):
    assert mended(garbled) == meant


@each_case(
    "name",
    [
        "\u0141ukasz \u015awi\u0105tek",
        "Jo\u00e3o S\u00e3o-\u00c2ncora",
        "\u00c3brah\u00e1m \u0160ar\u016bnas",
        "Ng\u00f4 Th\u1ecb Lan",
        "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
    ],
)
def test_names_are_left_as_they_are(name):
    assert mended(name) == name
