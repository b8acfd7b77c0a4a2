"""The only place with click: one module a command group, thin.

``COMMANDS`` is the whole command line as data: ``sen --help`` prints it without loading
a single command.
"""

from __future__ import annotations

from typing import NamedTuple

WORDS = "sencli.words"
"""Where the run keeps the words as they were typed."""


class Entry(NamedTuple):
    """A command: where it is (``module:attribute``), under which heading, its help."""

    target: str
    section: str
    help: str


DAILY = "Every day"
RECORDS = "The pupil's record"
PAPERS = "Papers and reports"
SCHOOL = "The school"
SAFETY = "Safety and audit"

COMMANDS: dict[str, Entry] = {
    "due": Entry("due:due", DAILY, "What is due or overdue, most urgent first."),
    "cycle": Entry("cycle:cycle", DAILY, "Open, plan, review and show cycles."),
    "outcome": Entry("outcome:outcome", DAILY, "Outcomes: add, measure, set, list."),
    "intervention": Entry(
        "intervention:intervention", DAILY, "Interventions: add, change, end, list."
    ),
    "session": Entry("session:session", DAILY, "Log sessions, for a pupil or a group."),
    "concern": Entry("concern:concern", DAILY, "Record a concern."),
    "meeting": Entry(
        "meeting:meeting", DAILY, "Meetings with parents: add, set, done, list."
    ),
    "action": Entry(
        "meeting:action", DAILY, "What was promised in meetings: done, list."
    ),
    "pupil": Entry(
        "pupil:pupil", RECORDS, "Pupils: add, list, show, set, edit, leave, return."
    ),
    "status": Entry("status:status", RECORDS, "SEN status: N, K or E, from a day."),
    "need": Entry("need:need", RECORDS, "Needs by rank: add, set, end, list."),
    "contact": Entry(
        "contact:contact", RECORDS, "Parents and carers: add, set, end, list."
    ),
    "flag": Entry("flag:flag", RECORDS, "Circumstances: pupil premium, looked after."),
    "specialist": Entry(
        "specialist:specialist",
        RECORDS,
        "Specialists: consent, refer, seen, advise, decide, share, list.",
    ),
    "ehc": Entry(
        "ehc:ehc", RECORDS, "EHC needs assessments, plans and annual reviews."
    ),
    "consider": Entry(
        "consider:consider",
        RECORDS,
        "Record that a question was considered: sen consider PUPIL QUESTION.",
    ),
    "adjustment": Entry(
        "consider:adjustment",
        RECORDS,
        "Reasonable adjustments outside any cycle: add, set, end, list.",
    ),
    "plan-elsewhere": Entry(
        "elsewhere:elsewhere",
        RECORDS,
        "Plans kept elsewhere, such as a PEP: add, set, end, list.",
    ),
    "transition": Entry(
        "transition:transition",
        RECORDS,
        "Moves to the next phase or school: add, set, list.",
    ),
    "funding": Entry(
        "funding:funding",
        RECORDS,
        "Money tied to a pupil, such as top-up: add, end, list.",
    ),
    "report": Entry("report:report", RECORDS, "Yearly reports to parents: add, list."),
    "information": Entry(
        "report:information",
        RECORDS,
        "What parents were told of, such as SENDIASS: add, list.",
    ),
    "document": Entry("document:document", RECORDS, "Attach a report or a letter."),
    "remove": Entry("amend:remove", RECORDS, "Take out what landed by mistake."),
    "move": Entry("amend:move", RECORDS, "Move an item to the right pupil."),
    "find": Entry("find:find_words", RECORDS, "Search all text of all records."),
    "register": Entry("register:register", PAPERS, "The SEN register."),
    "map": Entry("map:provision_map", PAPERS, "The provision map, costed."),
    "summary": Entry("summary:summary", PAPERS, "The parents' meeting summary."),
    "print": Entry("print_:print_", PAPERS, "Every document: sen print --help."),
    "init": Entry("init:init", SCHOOL, "Make a records repository."),
    "demo": Entry("demo:demo", SCHOOL, "Make a fictional school to try everything on."),
    "school": Entry("school:school", SCHOOL, "The school's own details: set, show."),
    "import": Entry("import_:import_", SCHOOL, "Take in pupils from a spreadsheet."),
    "staff": Entry("staff:staff", SCHOOL, "Staff and their roles: add, set, list."),
    "rate": Entry("rate:rate", SCHOOL, "Hourly rates by role: set, list."),
    "provision": Entry("provision:provision", SCHOOL, "The catalogue of provisions."),
    "scale": Entry("scale:scale", SCHOOL, "Scales to measure with: add, list."),
    "group": Entry("group:group", SCHOOL, "Teaching groups: add, change, list."),
    "term": Entry("term:term", SCHOOL, "Term dates: add, list."),
    "year": Entry("year:year", SCHOOL, "September: everybody up a year."),
    "undo": Entry(
        "undo:undo",
        SAFETY,
        "Take back the last action of this computer, or a named one, by a new commit.",
    ),
    "sync": Entry(
        "sync:sync", SAFETY, "Meet the other computer: take its changes in, send ours."
    ),
    "signer": Entry(
        "signer:signer", SAFETY, "Whose key may sign changes: add, end, list."
    ),
    "erase": Entry(
        "erase:erase", SAFETY, "Erase one pupil from the whole history, for good."
    ),
    "draft": Entry(
        "draft:draft",
        SAFETY,
        "Texts typed in an editor and not saved yet: list, open, drop.",
    ),
    "commit": Entry(
        "commit:commit", SAFETY, "Take hand edits into the history, if they are valid."
    ),
    "verify": Entry(
        "verify:verify",
        SAFETY,
        "Verify the whole history, line by line; exit 8 on a breach.",
    ),
    "doctor": Entry(
        "doctor:doctor",
        SAFETY,
        "Look at git, the folder and the computer; say how to mend what is wrong.",
    ),
    "check": Entry("check:check", SAFETY, "Check the records; exit 1 on any fault."),
    "rule": Entry("rule:rule", SAFETY, "What the Code of Practice asks, rule by rule."),
    "exception": Entry(
        "exception:exception", SAFETY, "Answer a should of the Code with a reason."
    ),
    "history": Entry("history:history", SAFETY, "Who changed what, when."),
    "completion": Entry(
        "completion:completion",
        SAFETY,
        "Print what makes Tab finish commands in your shell.",
    ),
    "help": Entry(
        "moments:moment_help",
        SAFETY,
        "What to type when: sen help monday, planning, review ...",
    ),
}

# What git calls and nobody types.
UNLISTED = {"merge-driver": "merging:merge_driver"}
