"""Plain sentences about children at school, put together from parts, seeded."""

from __future__ import annotations

import random

FIRST = (
    *("Amina", "Ben", "Chloe", "Daniel", "Ewa", "Farah", "George", "Hana", "Isaac"),
    *("Jaya", "Kofi", "Lily", "Mateusz", "Nia", "Omar", "Priya", "Rhys", "Sofia"),
    *("Tomasz", "Uma", "Violet", "Wei", "Yusuf", "Zara", "Aoife", "Bilal", "Caleb"),
    *("Dhruv", "Elsie", "Freya", "Grace", "Harvey", "Imogen", "Jack", "Kiran"),
)
LAST = (
    *("Adeyemi", "Brown", "Chowdhury", "Davies", "Evans", "Farooq", "Green", "Hussain"),
    *("Iqbal", "Jones", "Khan", "Lewandowski", "Morris", "Nowak", "Okafor", "Patel"),
    *("Quinn", "Roberts", "Singh", "Taylor", "Underwood", "Vance", "Williams", "Xu"),
    *("Young", "Zielinska", "Bennett", "Clarke", "Doyle", "Ellis", "Foster", "Grant"),
)
_WHERE = (
    *("In class", "At reading time", "At break", "With a partner", "On paper"),
    *("In a small group", "First thing", "In maths", "In PE"),
    *("In guided reading", "When the room is quiet", "At lunch", "In phonics"),
)
_WHO = ("the pupil", "this pupil", "the child")
_DOES = (
    *("reads", "listens", "writes", "joins in", "asks for help", "explains an idea"),
    *("waits for a turn", "follows an instruction", "starts the task", "shares"),
    *("answers a question", "checks the work", "tells an adult", "keeps going"),
)
_HOW = (
    *("with a prompt", "for five minutes", "when the task is short", "with pictures"),
    *("with a word mat", "after seeing an example", "with an adult close by"),
    *("when the steps are written down", "without being asked", "with a friend"),
)
_WHEN = (
    *("most days", "in the morning", "after a reminder", "more than last term"),
    *("twice this week", "less often when tired", "what we hoped for"),
    *("on three days of five", "a thing to be proud of", "not yet so after lunch"),
)


def sentences(rng: random.Random, count: int) -> str:
    """So many sentences, three to a line; for none of them, a few words."""
    if not count:
        return f"{rng.choice(_DOES).capitalize()} {rng.choice(_HOW)}"
    made = []
    for _ in range(count):
        where, who, does, how, when = map(
            rng.choice, (_WHERE, _WHO, _DOES, _HOW, _WHEN)
        )
        made.append(f"{where} {who} {does} {how}. It is {when}.")
    return "\n".join(" ".join(made[i : i + 3]) for i in range(0, count, 3))
