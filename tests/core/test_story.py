"""Stories: command lines by the day on which they are typed."""

from __future__ import annotations

import pytest

from sencli.core.school.story import steps
from sencli.errors import InvalidValue
from tests.cases import each_case


def test_days_times_authors_and_words() -> None:
    text = (
        "# A remark.\n\n"
        "## 2024-09-09 09:15 J. Patel\n"
        'sen pupil add "Noah Whittaker" --class 2B\n'
        "# Another.\n"
        'sen need add noah SPLD \\\n    --description "Reads # slowly"\n'
        "\n## 2024-09-10 23:59 R. Osei\nsen check\nsen check\n"
    )
    found = list(steps(text, "a.sen"))
    assert [(s.where, s.moment, s.author) for s in found] == [
        ("a.sen:4", "2024-09-09T09:15", "J. Patel"),
        ("a.sen:6", "2024-09-09T09:17", "J. Patel"),
        ("a.sen:10", "2024-09-10T23:59", "R. Osei"),
        ("a.sen:11", "2024-09-11T00:01", "R. Osei"),
    ]
    assert found[0].words == ("pupil", "add", "Noah Whittaker", "--class", "2B")
    assert found[1].words[-1] == "Reads # slowly"
    assert found[3].day == "2024-09-11"


@each_case(
    ("text", "place"),
    [
        ("sen check\n", "a.sen:1"),
        ("## 2024-02-30 09:15 J. Patel\n", "a.sen:1"),
        ("## monday\n", "a.sen:1"),
        ("## 2024-09-09 09:15 J. Patel\nrm -r .\n", "a.sen:2"),
        ('## 2024-09-09 09:15 J. Patel\n\nsen find "open\n', "a.sen:3"),
    ],
)
def test_odd_lines_are_refused_with_their_place(text: str, place: str) -> None:
    with pytest.raises(InvalidValue, match=place):
        list(steps(text, "a.sen"))
