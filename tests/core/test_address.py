from __future__ import annotations

from sencli.core.people.address import dear_name
from sencli.core.people.address import envelope_name
from tests.cases import each_case


@each_case(
    ("contact", "pupils", "envelope", "dear"),
    [
        ({"name": "Sana Khan"}, "Khan", "Sana Khan", "Sana Khan"),
        ({"name": "Sana Khan", "title": "Mrs"}, "", "Mrs Sana Khan", "Mrs Khan"),
        ({"name": "Mrs Sana Khan", "title": "Mrs"}, "", *2 * ("Mrs Sana Khan",)),
        ({"name": "Khan", "title": "Dr"}, "Khan", "Dr Khan", "Dr Khan"),
        (
            {"name": "Anna van der Berg", "title": "Ms"},
            "Smith",
            "Ms Anna van der Berg",
            "Ms van der Berg",
        ),
        (
            {"name": "María García López", "title": "Mrs"},
            "Garcia Lopez",
            "Mrs María García López",
            "Mrs García López",
        ),
        (
            {"name": "Sana Khan", "title": "Mrs", "form_of_address": "Sister Sana"},
            "Khan",
            "Mrs Sana Khan",
            "Sister Sana",
        ),
    ],
)
def test_how_a_letter_names_a_contact(contact, pupils, envelope, dear):
    assert envelope_name(contact) == envelope
    assert dear_name(contact, pupils) == dear
