"""Other people in a text about one pupil: found however they are named."""

from __future__ import annotations

from sencli.core.papers.third_people import Scene
from sencli.core.papers.third_people import ThirdPeople
from sencli.core.record.find import PupilName
from tests.cases import each_case

RECORD = {
    "id": "p2222222",
    "first_name": "Amelia",
    "last_name": "Khan",
    "contacts": [
        {"id": "c2", "name": "Mrs Nadia Khan", "relationship": "mother"},
        {
            "id": "c3",
            "name": "Omar Siddiq",
            "relationship": "father",
            "lives_with": False,
            "telephone": "01632 960123",
            "address": "7 Mill Lane, Oak",
        },
    ],
}
SCENE = Scene(
    record=RECORD,
    versions=(),
    asker="c2",
    pupils=(
        PupilName("p2222222", "Amelia", "Khan"),
        PupilName("p3333333", "Will", "O'Neill"),
        PupilName("p4444444", "Zoë", "Stone", "Zo"),
    ),
    staff=(("JP", "Jay Patel"), ("KM", "Kay Morris")),
    day="2025-10-20",
    root={},
    vocabulary=("Precision", "Teaching"),
)
FINDER = ThirdPeople(SCENE, ["They asked for help with reading at home."])


@each_case(
    "text, wanted",
    [
        ("Amelia reads with Zoe Stone", {"child: Zoe Stone"}),
        ("ZOE’S book, and Zo's", {"child: ZOE", "child: Zo"}),
        ("Will hit her; she will rest", {"child: Will"}),
        ("O`Neill, Will was there", {"child: O`Neill", "child: Will"}),
        ("Mr Siddiq and Omar rang", {"contact: Mr Siddiq", "contact: Omar"}),
        ("Her dad said no, Mum said yes", {"contact: dad"}),
        ("Nadia Khan came", set()),
        (
            "Jay Patel, Mr Morris and KM",
            {"staff: Jay Patel", "staff: Mr Morris", "staff: KM"},
        ),
        ("Ring 01632  960 123", {"detail: 01632  960 123"}),
        ("at 7 Mill Lane, Oak", {"detail: 7 Mill Lane, Oak"}),
        ("write to a.b@example.org", {"detail: a.b@example.org"}),
        ("She met Dr Lee and Tyler", {"person: Dr Lee", "person: Tyler"}),
        ("Tyler told her", {"person: Tyler"}),
        ("Tyler and Zo came", {"person: Tyler", "child: Zo"}),
        ("Help in Precision Teaching on Monday in May", set()),
        ("Reading at home with Help", set()),
    ],
)
def test_everybody_else_is_found(text: str, wanted: set[str]) -> None:
    found = {f"{p.kind}: {text[p.start : p.end]}" for p in FINDER.of(text)}
    assert found == wanted
