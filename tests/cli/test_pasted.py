"""What an error proposes, pasted: it can be typed, and it answers for nobody."""

from __future__ import annotations

import shlex

import pytest

from sencli.core.text.placeholders import in_word
from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of


@school_of
def school(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --class 4B')
    oak('pupil add "Ben Cole" --class 4B')
    oak("staff add KM --name 'K. Morris' --role teacher")
    oak("provision add precision-teaching --name 'Precision teaching' --minutes 30")
    oak("status set amelia K --since 15/09/2025 --told parent")
    oak("cycle open amelia --assessment 'Reads 22 of 100' --date 15/09/2025")
    oak("outcome add amelia 'Reads 60 words' --baseline 22 --target 60")


REFUSED = [
    "ehc issue amelia",
    "ehc review amelia",
    "ehc request amelia",
    "ehc decision amelia assess --date 01/10/2025",
    "ehc cease amelia --date 01/10/2025",
    "cycle review amelia",
    "cycle review amelia --date 01/10/2025 --outcome achieved",
    "cycle review amelia --date 01/10/2025 --intervention 1",
    "cycle review ben --date 01/10/2025",
    "cycle open amelia",
    "cycle close amelia",
    "cycle set amelia",
    "pupil leave amelia",
    "meeting add amelia",
    "meeting set amelia 1 --agreed x",
    "meeting done amelia x",
    "report add amelia",
    "transition add amelia",
    "transition set amelia 1 --sent today",
    "status end amelia",
    "status end ben --reason Done",
    "session log amelia",
    "session log ben",
    "session log amelia --date 01/10/2025 --absent ben",
    "session log amelia --delivered 3",
    "session log amelia --week 29/09/2025",
    "specialist advise amelia EP --recommendation Reading",
    "specialist chase amelia EP",
    "concern set amelia 1 --response x",
    "need set amelia SLCN --rank 1",
    "need end amelia SLCN --date today",
    "contact set amelia mum --telephone 1",
    "contact add amelia",
    "adjustment end amelia 1 --date today",
    "consider amelia nothing",
    "intervention add amelia lego",
    "intervention add amelia precision-teaching --time 9",
    "intervention add amelia precision-teaching --days yes",
    "outcome measure amelia 9 3",
    "outcome add amelia",
    "outcome add ben 'Reads'",
    "funding end amelia --date today",
    "plan-elsewhere end amelia pep --date today",
    "exception add amelia A13 --reason No",
    "exception add amelia B03",
    "group add",
    "group set nothing --name x",
    "rate set nothing x",
    "staff add XY",
    "staff set XY --role TA",
    "scale add x --values one",
    "term add x 01/10/2025 01/09/2025",
    "provision set nothing --name x",
    "pupil add",
    "pupil set amelia",
    "pupil set amelia needs=x",
    "pupil set amelia status=x",
    "school set staff=x",
    "school set terms=x",
    "document add amelia school.yaml",
    "remove amelia 9",
    "move amelia 9",
    "move amelia",
    "remove ben outcome 1",
    "information add amelia",
    "information add amelia sendiass",
    "erase amelia",
    "year roll",
    "print letter-review-meeting amelia",
    "print letter-specialist-consent amelia",
    "print letter-support-ends amelia",
    "print governors amelia",
    "summary",
    "summary ben --cycle 3",
    "summary amelia --to nobody",
    "find",
    "check zzz",
    "rule Z99",
    "map --from 01/10/2025 --until 01/09/2025",
    "verify zzz",
    "init",
    "signer add x",
    "sync",
    "import nothing.csv",
]


def proposed(told: str) -> list[list[str]]:
    """The words of each command that stands at the end of a line of an error."""
    found = []
    for line in told.splitlines()[1:]:
        for part in line.split("sen ")[1:]:
            try:
                words = shlex.split(part.partition(", ")[0].rstrip(" .,;:"))
            except ValueError:
                words = part.split()
            found.append([word for word in words if word not in {"or", "then"}])
    return [words for words in found if words]


@pytest.mark.parametrize("line", REFUSED)
def test_what_an_error_proposes_answers_for_nobody(school: Typed, line: str) -> None:
    refused = school(line, code=None)
    assert refused.code not in {0, 70}, refused.both
    assert "Traceback" not in refused.err
    head = head_of(school.folder)
    for words in proposed(refused.err):
        result = school(*words, code=None)
        if any(map(in_word, words)):
            assert result.code in {2, 3}, words
        assert head_of(school.folder) == head, words
        assert "no such" not in result.err.casefold(), (words, result.err)
        assert "There is no command" not in result.err, words
