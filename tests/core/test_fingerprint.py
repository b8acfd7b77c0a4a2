from __future__ import annotations

import re

from sencli.core.record.fingerprint import fingerprint
from sencli.core.record.fingerprint import normal

ONE = {"id": "p7k2q", "first_name": "Amelia", "issued": []}
TWO = {"id": "pb3nd", "first_name": "Ben"}


def test_four_groups_of_four_letters():
    made = fingerprint([ONE])
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", made)


def test_what_was_issued_does_not_count():
    printed = {**ONE, "issued": [{"id": "x", "document": "summary"}]}
    assert fingerprint([printed]) == fingerprint([ONE])


def test_order_does_not_count():
    assert fingerprint([ONE, TWO]) == fingerprint([TWO, ONE])
    assert fingerprint([dict(reversed(ONE.items()))]) == fingerprint([ONE])


def test_content_counts():
    assert fingerprint([{**ONE, "first_name": "Amélia"}]) != fingerprint([ONE])
    assert fingerprint([ONE, TWO]) != fingerprint([ONE])
    assert fingerprint([]) == ""


def test_a_fingerprint_read_off_paper():
    made = fingerprint([ONE])
    assert normal(made.lower().replace("-", " ")) == made
    assert normal(made.replace("0", "O").replace("1", "l")) == made
