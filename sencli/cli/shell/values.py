"""What may stand for a value, in the words of the help: every option says it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import click

from sencli import terms
from sencli.cli.shell.choices import kind_of
from sencli.cli.shell.options import Pick

_DATE = "12/03/2026, 12 March, yesterday, last friday, +6w, half term"
_WORDS = "words, in quotation marks where they are several; - reads standard input"
_FILE = "a file"
_ITEM = "its number in the list, its id, or words of it"
_FIGURE = "a figure"

KINDS = MappingProxyType({
    **dict.fromkeys(("DATE", "START", "END", "START END"), _DATE),
    "DATE|last-meeting": f"{_DATE}; or last-meeting",
    "TEXT": _WORDS,
    "#1f4e79": "a colour, as # and six figures",
    "2025-26": "a school year: 2025-26",
    "ACTION": _ITEM,
    "ADDRESS": "of a git repository: https://... or git@..., or a folder",
    "ADJUSTMENT": _ITEM,
    "ADVICE": _ITEM,
    "BY": "need, year_group, class, sex, provision, pupil_premium, looked_after",
    "CLASS": "a class as the records have it: 4B",
    "CLASS|GROUP|INITIALS": "a class, the name of a group, or initials",
    "CODE": "the code of a rule: A13 (all: sen rule)",
    "CODE=mine|theirs|both": "the code of a question, or all; which side to keep",
    "COMMIT": "as sen history prints it",
    "CONCERN": _ITEM,
    "CONDITION": "its name: asthma; one that is recorded by its number too",
    "CONTACT": "a part of the name, the relationship (mum, dad), or the id",
    "N|all": "numbers of the answers as they are listed: 1,3; or all",
    "DAYS": "days of the week: mon,wed",
    "DECISION": ", ".join(code.replace("_", "-") for code in terms.DECISIONS),
    "DEPARTURE": _ITEM,
    "DIR": "a folder with records",
    "DIRECTORY": "a folder, which is made",
    "DRAFT": "its number in sen draft list, or its id",
    "ETHNICITY": "the DfE code (WBRI) or its words",
    "FIELD": "what a column means: class, provision, needs ...",
    "FIELD=VALUE": "class=4B, known_as=Amy; an empty value takes it out",
    "FILE": _FILE,
    "FILE.xml": "a Common Transfer File (CTF) of another school",
    "FILE.zip": "a file of one pupil for the next school",
    "FINGERPRINT": "as sen verify prints it; a commit; or the name of a remote",
    "FOLDER": "a folder: on a stick, ../stick",
    "FOLDER|ADDRESS": "a folder, or the address of a git repository",
    "FROM": "the file or the folder that sen backup wrote, or its address",
    "FROM-TO": "two ages: 4-11",
    "GROUP": "its name, or a part of it: HFW",
    "GROUP|PUPIL": "the name of a group or a pupil, or a part of it",
    "GUIDANCE": "what is departed from: SEND Code of Practice 6.52",
    "HEADING": "as it stands in the file's first line",
    "HEADING=FIELD": "as it stands in the file, and what it means: Form=class",
    "HOLD": _ITEM,
    "ID": "as --format json prints it",
    "INITIALS": "initials or name of one of the staff (all: sen staff list)",
    "INTERVENTION": "its number in the open cycle, or words of it",
    "ITEM": _ITEM,
    "KEY": "its key (all: sen provision list, sen scale list), or a part of its name",
    "KIND": "review, outcome, meeting ...; one that is not known is answered with all",
    "LAESTAB": "seven figures",
    "LANG": "en, pl, or a language of the school's own wording",
    "LANGUAGE": "its name (Urdu), or its code",
    "LINE": "what sen init --sign printed; - reads it from standard input",
    "MARKS": "numbers, a kind (child, contact, staff ...) or all: 1-4,9",
    "MEASURE": "reading age, standardised score, phonics ..., or one of your scales",
    "MEETING": "its number in the list, or its date",
    "MOVE": _ITEM,
    "N=IMPACT": "an intervention's number and -2 to +2: 1=+1",
    "N=RESULT": "an outcome's number and how it ended: 1=met",
    "N=RESULT[:VALUE]": "an outcome's number and how it ended: 1=achieved:63",
    "NAME": _WORDS,
    "PUPIL=WORDS": "a pupil of the group and what was said: 'amelia=I like it'",
    "PUPIL/N=RESULT": "a pupil, an outcome by number, how it ended: amelia/1=achieved",
    "PUPIL=IMPACT": "a pupil and -2 to +2: amelia=+1",
    "NEED": _ITEM,
    "NEED|AREA": "a type of need (SLCN), or part of an area of need",
    "NUMBER": _FIGURE,
    "OLD=NEW": "two classes: 4B=5K",
    "OPTION": "options of the command whose draft it is",
    "OTHER": "a pupil, as for PUPIL",
    "OUTCOME": "its number in the open cycle, or words of it",
    "PATH": f"{_FILE}; - is standard output where one is written",
    "PERCENT": "0 to 100: 92.5",
    "PEOPLE": "as for PERSON, with commas: parent,senco",
    "PERSON": "parent, pupil, teacher, senco ..., a contact, or initials",
    "PER_CENT": "0 to 100: 14.2",
    "PLACE": _ITEM,
    "PLAN": _ITEM,
    "POUNDS": "16.50",
    "PROVIDER": _WORDS,
    "PROVISION": "its key, or a part of its name (all: sen provision list)",
    "PROVISION=PUPIL,PUPIL": "a provision and who would have it",
    "PUPIL": "the name, a part that only one has, or the id",
    "PUPIL=DAY": "a pupil and a day: amelia=24/9",
    "PUPIL=VALUE": "a pupil and a value: amelia=24",
    "PUPIL[,PUPIL...]": "one pupil, or several: amelia,ben",
    "PUPIL|FILE": "a pupil, or a file of the records: school.yaml",
    "PUPIL|school|provisions|groups|REPORT": "a pupil, or one of these files",
    "REASON": "staff-absent, school-event, trip ...; with --week and how often",
    "REGISTRATION": _ITEM,
    "REMOTE": "its name in git (default origin)",
    "RELATIONSHIP": "mother, father, carer ..., as the family says it",
    "REQUEST": "its number in sen access list PUPIL, or its date",
    "RESULT": _ITEM,
    "ROLE": "teacher, TA, HLTA, SENCO ...",
    "ROLE=POUNDS": "TA=17.20",
    "ROLES": "parent, school, authority, health, social_care",
    "ROLE[=WHO][:DATE]": "health, or with name and date: health=Dr Lee:12/01/2026",
    "RULE": "its code: A13 (all: sen rule)",
    "SCALE": "its key (all: sen scale list)",
    "SCHOOL": _WORDS,
    "SECTION": "its heading (all: sen report show REPORT), or one of your own",
    "SERVICE": "EP, SALT, CAMHS ..., or its name",
    "SPECIALIST": "its number, EP, SALT ..., or its name",
    "SUSPENSION": _ITEM,
    "TEACHER": "initials or name of one of the staff (all: sen staff list)",
    "TIME": "15:30, 3.30 pm, noon",
    "TIMETABLE": _ITEM,
    "UPN": "a letter and twelve figures: P999900024001",
    "URN": "six figures",
    "VALUE": "as the outcome is measured: 37, 6:04, a word of its scale",
    "WHO": "a name, or a part of it",
    "WHO[:DATE]": "EP, or with the day: EP:12/01/2026",
    "WORD": "what you look for: absent, planning",
    "WORDS": "what you look for",
    "YEAR": "a year group: 4, R",
    "logo|colour|FILE": "logo, colour, or one of your templates' files",
})  # fmt: skip
"""What is shown for a value in the help, and what may stand there."""

_OWN = MappingProxyType({
    ("due", "--within"): "2w, 10d, 3m, or a date",
    ("due", "--kind"): "review, outcome, meeting ...; all: sen due --kind x",
    ("verify", "code"): "the check code at the foot of a paper",
    ("signer end", "who"): "the name on the list, or the fingerprint's beginning",
    ("print", "document"): "one of the documents above",
    ("init", "--key"): "the file of an SSH key: ~/.ssh/id_ed25519.pub",
})  # fmt: skip


def shown_as(param: click.Parameter) -> str:
    """What is shown for its value: ``PUPIL``, ``DATE``; "" where the values are."""
    kind = param.type
    if isinstance(kind, Pick) and not param.metavar:
        return "" if "|" in kind.name else kind.name.upper()
    if isinstance(param, click.Option) and not param.metavar:
        ranged = isinstance(kind, click.IntRange | click.FloatRange)
        if param.is_flag or param.count or ranged:
            return ""
    closed = isinstance(kind, click.Choice) and not param.metavar
    return "" if closed else kind_of(param)


def words_for(path: str, param: click.Parameter) -> str:
    """What may stand for its value; "" where the help shows the values already.

    Args:
        path: the command's words after ``sen``.
        param: the option or argument.

    Returns:
        Words for the help.
    """
    name, kind = shown_as(param), param.type
    own = _OWN.get((path, param.opts[0]), "")
    if own or not name:
        return own
    if isinstance(kind, Pick | click.Choice):
        codes = kind.options if isinstance(kind, Pick) else kind.choices
        return ", ".join(map(str, codes))
    return _range(kind) if isinstance(kind, click.IntRange) else KINDS.get(name, "")


def _range(kind: click.IntRange) -> str:
    if kind.max is None:
        return f"a whole number, {kind.min} or more"
    return f"a whole number, {kind.min} to {kind.max}"


def rows(path: str, command: click.Command) -> Iterator[tuple[str, str]]:
    """Each kind of value that the command takes, once, and what may stand there.

    Where one word stands for two kinds, the option is named too.
    """
    told: dict[str, dict[str, list[str]]] = {}
    for param in command.params:
        if words := words_for(path, param):
            named = param.opts[0] if isinstance(param, click.Option) else ""
            told.setdefault(shown_as(param), {}).setdefault(words, []).append(named)
    for name, kinds in told.items():
        for words, options in kinds.items():
            alone = len(kinds) == 1 or not all(options)
            yield name if alone else f"{', '.join(options)} {name}", words
