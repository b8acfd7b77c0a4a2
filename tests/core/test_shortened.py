"""What is too long for a line ends after a whole word."""

from __future__ import annotations

from sencli.core.record.wording import quoted
from sencli.core.text.lines import flowed
from sencli.core.text.lines import shortened
from sencli.rules.planning import short
from tests.cases import each_case


@each_case(
    ("text", "most", "made"),
    [
        ("Reads  60\nwords", 20, "Reads 60 words"),
        ("Reads 60 words in a minute", 18, "Reads 60 words..."),
        ("Reads 60 words in a minute", 17, "Reads 60 words..."),
        ("Reads 60 words, then writes", 20, "Reads 60 words..."),
        ("Antidisestablishmentarianism", 10, "Antidis..."),
    ],
)
def test_it_ends_after_a_word(text: str, most: int, made: str) -> None:
    assert shortened(text, most) == made


def test_rules_and_history_cut_no_word() -> None:
    words = "A colour and a shape for every part of a sentence, in all of our lessons"
    assert all(word in words.split() for word in short(words)[1:-4].split())
    assert all(word in words.split() for word in quoted(words)[1:-2].split())


def test_what_a_command_is_for_is_no_part_of_it() -> None:
    line = f"  sen -C demo summary noah {'--format pdf ' * 4}  a page for his parents"
    assert [part[:6] for part in flowed(line, 80).split("\n")] == ["  sen ", "  a pa"]
