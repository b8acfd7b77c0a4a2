"""New pupils who look like pupils we have."""

from __future__ import annotations

from sencli.core.school.similar_pupils import KnownPupils
from sencli.core.school.similar_pupils import alike
from tests.cases import each_case


def record(name: str, **more: str) -> dict[str, str]:
    first, _, last = name.partition(" ")
    return {"id": "p" + name, "first_name": first, "last_name": last, **more}


@each_case(
    ("new", "known"),
    [
        ("Lukasz Nowak", "Łukasz Nowak"),
        ("Lukas Novak", "Łukasz Nowak"),
        ("Nowak Lukasz", "Łukasz Nowak"),
        ("Amela Khan", "Amelia Khan"),
        ("Mohamed Ali", "Mohammed Ali"),
        ("Muhammad Ali", "Mohammed Ali"),
        ("Siobhan Neil", "Siobhán Neill"),
        ("Amelia Rose Khan", "Amelia Khan"),
        ("Amelia Khan", "Amelia Khan-Jones"),
        ("Mary Jane Orr", "Mary-Jane Orr"),
        ("Maryjane Or", "Mary-Jane Orr"),
    ],
)
def test_the_same_child_perhaps(new: str, known: str) -> None:
    assert alike(record(new), record(known))
    assert KnownPupils([record(known)]).like({**record(new), "id": "new"})


@each_case(
    ("new", "known"),
    [
        ("Bea Stone", "Ada Stone"),
        ("Ava Stone", "Ada Stone"),
        ("Jack Stone", "Zack Stone"),
        ("Emma Khan", "Ella Khan"),
        ("Amelia Khan", "Amelia Jones"),
        ("Oliver Khan", "Olivia Khan-Smith"),
        ("Child1 Lee", "Child2 Lee"),
        ("Cher", "Cheryl Lee"),
    ],
)
def test_another_child(new: str, known: str) -> None:
    assert not alike(record(new), record(known))
    assert not KnownPupils([record(known)]).like({**record(new), "id": "new"})


def test_two_days_of_birth_settle_a_slip_but_not_the_very_same_name() -> None:
    born, other = {"date_of_birth": "2017-03-14"}, {"date_of_birth": "2016-01-02"}
    assert alike(record("Amela Khan", **born), record("Amelia Khan", **born))
    assert not alike(record("Amela Khan", **born), record("Amelia Khan", **other))
    assert alike(record("Amelia Khan", **born), record("Amelia Khan", **other))
    new = record("Amelia Khan", upn="P999900024001", **born)
    assert not alike(new, record("Amelia Khan", upn="P999900024002", **other))
