"""Since when there is SEN support or a plan without a break."""

from __future__ import annotations

from sencli.core.pupil import support_since
from tests.cases import each_case

STATUS = [
    {"from": "2022-09-05", "provision": "K"},
    {"from": "2023-01-09", "provision": "N"},
    {"from": "2023-09-04", "provision": "K", "layer": "targeted"},
    {"from": "2024-11-04", "provision": "K", "layer": "specialist"},
    {"from": "2025-06-10", "provision": "E"},
    {"from": "2026-01-12", "provision": "E", "layer": "specialist"},
]


@each_case(
    ("day", "supported", "code"),
    [
        ("2022-09-04", "", ""),
        ("2022-12-01", "2022-09-05", "2022-09-05"),
        ("2023-03-01", "", "2023-01-09"),
        ("2024-10-01", "2023-09-04", "2023-09-04"),
        ("2025-01-01", "2023-09-04", "2023-09-04"),
        ("2025-12-01", "2023-09-04", "2025-06-10"),
        ("2026-02-01", "2023-09-04", "2025-06-10"),
    ],
)
def test_a_change_of_layer_is_no_break(day, supported, code):
    for status in (STATUS, STATUS[::-1]):
        record = {"status": status}
        assert support_since.supported_since(record, day) == supported
        assert support_since.code_since(record, day) == code


def test_here_is_no_sooner_than_the_pupil_joined():
    record = {"status": STATUS, "roll": [{"from": "2024-09-02"}]}
    assert support_since.supported_here_since(record, "2025-01-01") == "2024-09-02"
    assert (
        support_since.supported_here_since({"roll": record["roll"]}, "2025-01-01") == ""
    )


def test_support_brought_by_an_import_began_before_it():
    brought = {"from": "2025-11-30", "provision": "K", "taken_over": "2025-11-30"}
    record = {"status": [brought]}
    assert support_since.code_since(record, "2026-01-01") == ""
    assert support_since.here_since(record, "2026-01-01") == "2025-11-30"
    known = {"from": "2024-09-10", "provision": "K"}
    for status in ([known, brought], [{**known, "taken_over": "2025-11-30"}]):
        record = {"status": status}
        assert support_since.code_since(record, "2026-01-01") == "2024-09-10"
        assert support_since.supported_here_since(record, "2026-01-01") == "2025-11-30"
        assert support_since.here_since(record, "2025-01-01") == ""
