"""Provisions that most primary and secondary schools offer, to begin a catalogue with.

Each is what follows ``sen provision add``; a school changes or retires what it does
not do. Usual doses are those that the programmes themselves name.
"""

from __future__ import annotations

_READING = '--area "cognition and learning"'
_TALKING = '--area "communication and interaction"'
_FEELING = '--area "social, emotional and mental health"'
_BODY = '--area "sensory and/or physical needs"'

STARTER = (
    (
        f'visual-timetable --name "Visual timetable" --tier universal {_TALKING} '
        '--description "Pictures of what comes next, on the wall or the desk."'
    ),
    (
        f'word-banks --name "Word banks" --tier universal {_READING} '
        '--description "The words of the lesson, ready on the desk."'
    ),
    (
        f'calm-corner --name "Calm corner" --tier universal {_FEELING} '
        '--description "A quiet place in the room."'
    ),
    (
        f'phonics-catch-up --name "Phonics catch-up" --tier targeted {_READING} '
        "--minutes 20 --sessions-per-week 4 --weeks 12 --group-size 4 --role TA "
        '--description "Short daily lessons on letter sounds in a small group."'
    ),
    (
        f'precision-teaching --name "Precision teaching" --tier targeted {_READING} '
        "--minutes 10 --sessions-per-week 5 --weeks 10 --group-size 1 --role TA "
        '--description "Ten minutes of quick practice each day."'
    ),
    (
        f'reading-group --name "Reading fluency group" --tier targeted {_READING} '
        "--minutes 30 --sessions-per-week 3 --weeks 12 --group-size 4 --role TA "
        '--description "Reading the same short text aloud until it flows."'
    ),
    (
        f'number-catch-up --name "Number catch-up" --tier targeted {_READING} '
        "--minutes 30 --sessions-per-week 3 --weeks 12 --group-size 3 --role TA "
        '--description "Counting and number facts with things to touch."'
    ),
    (
        f'talking-group --name "Talking group" --tier targeted {_TALKING} '
        "--minutes 30 --sessions-per-week 2 --weeks 12 --group-size 4 --role TA "
        '--description "Learning new words and telling stories together."'
    ),
    (
        f'social-skills --name "Social skills group" --tier targeted {_TALKING} '
        "--minutes 40 --sessions-per-week 1 --weeks 12 --group-size 4 --role TA "
        '--description "Taking turns, listening and playing together."'
    ),
    (
        f'elsa --name "Emotional literacy support" --tier targeted {_FEELING} '
        "--minutes 40 --sessions-per-week 1 --weeks 10 --group-size 1 --role TA "
        '--description "A weekly session with a trained adult about feelings."'
    ),
    (
        f'fine-motor --name "Fine motor group" --tier targeted {_BODY} '
        "--minutes 20 --sessions-per-week 3 --weeks 12 --group-size 4 --role TA "
        '--description "Strengthening hands with play, cutting and threading."'
    ),
    (
        f'key-adult --name "Key adult in lessons" --tier specialist {_READING} '
        "--minutes 60 --sessions-per-week 5 --group-size 1 --role TA "
        '--description "An adult beside the child in some lessons."'
    ),
)
