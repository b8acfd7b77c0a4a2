"""Commands: the only layer that uses click. One thin module for each group.

``COMMANDS`` is the whole command line as data: ``sen --help`` prints it without loading
a single command.
"""

from __future__ import annotations

from typing import NamedTuple

WORDS = "sencli.words"
"""Where the run keeps the words as they were typed."""

COMMAND = "sencli.command"
"""Where the run keeps the command and its words, once they are in order."""


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
    "due": Entry("checks.due:due", DAILY, "What is due or overdue, most urgent first."),
    "do": Entry("checks.do:do", DAILY, "Do a line of the list that was shown last."),
    "plan": Entry(
        "cycle.led_moments:plan",
        DAILY,
        "Lead through a planning meeting: aims, support, who does what.",
    ),
    "review": Entry(
        "cycle.led_moments:review",
        DAILY,
        "Lead through a review: each aim, each support, what was said and decided.",
    ),
    "meet": Entry(
        "cycle.led_moments:meet",
        DAILY,
        "Lead through a meeting with parents: who came, what was said, who does what.",
    ),
    "cycle": Entry("cycle.cycle:cycle", DAILY, "Open, plan, review and show cycles."),
    "outcome": Entry(
        "cycle.outcome:outcome", DAILY, "Outcomes: add, measure, set, list."
    ),
    "intervention": Entry(
        "cycle.intervention:intervention",
        DAILY,
        "Interventions: add, set, end, list.",
    ),
    "session": Entry(
        "cycle.session:session", DAILY, "Sessions, of a pupil or a group: log, list."
    ),
    "tick": Entry("cycle.tick:tick", DAILY, "Tick off a group's week: names by days."),
    "views": Entry(
        "cycle.group_reviews:views",
        DAILY,
        "Gather views for the reviews to come, of a group or a class.",
    ),
    "reviews": Entry(
        "cycle.group_reviews:reviews",
        DAILY,
        "Review the cycles of a group or a class.",
    ),
    "scores": Entry(
        "cycle.scores:scores", DAILY, "Measure the outcomes of a group or a class."
    ),
    "sheet": Entry(
        "papers.sheet:sheet", DAILY, "Make a sheet for a teacher or TA to fill in."
    ),
    "take": Entry(
        "papers.take_answers:take_answers",
        DAILY,
        "Take back sheets that a teacher or TA filled in.",
    ),
    "concern": Entry(
        "pupil.concern:concern",
        DAILY,
        "Concerns: add, set, list; by itself it leads through one.",
    ),
    "meeting": Entry(
        "support.meeting:meeting", DAILY, "Meetings with parents: add, set, done, list."
    ),
    "action": Entry(
        "support.meeting:action", DAILY, "What was promised in meetings: done, list."
    ),
    "pupil": Entry(
        "pupil.pupil:pupil",
        RECORDS,
        "Pupils: add, list, show, set, edit, leave, return.",
    ),
    "status": Entry(
        "pupil.status:status",
        RECORDS,
        "SEN status: N, K or E, from a day: set, end, list.",
    ),
    "need": Entry("pupil.need:need", RECORDS, "Needs by rank: add, set, end, list."),
    "contact": Entry(
        "pupil.contact:contact", RECORDS, "Parents and carers: add, set, end, list."
    ),
    "flag": Entry(
        "pupil.flag:flag", RECORDS, "Circumstances: pupil premium, looked after."
    ),
    "ethnicity": Entry(
        "pupil.background:ethnicity",
        RECORDS,
        "Ethnic background, from a day: set, list.",
    ),
    "language": Entry(
        "pupil.background:language",
        RECORDS,
        "The language first spoken at home, from a day: set, list.",
    ),
    "health": Entry(
        "pupil.health:health",
        RECORDS,
        "Health conditions and healthcare plans: add, set, end, list.",
    ),
    "attainment": Entry(
        "pupil.attainment:attainment",
        RECORDS,
        "Tests and attainment outside outcomes: add, set, list.",
    ),
    "specialist": Entry(
        "support.specialist:specialist",
        RECORDS,
        "Specialists: consent, refer, seen, advise, decide, share, list.",
    ),
    "ehc": Entry(
        "support.ehc:ehc", RECORDS, "EHC needs assessments, plans and annual reviews."
    ),
    "consider": Entry(
        "pupil.consider:consider",
        RECORDS,
        "Record that a question was considered: sen consider PUPIL QUESTION.",
    ),
    "adjustment": Entry(
        "pupil.consider:adjustment",
        RECORDS,
        "Reasonable adjustments outside any cycle: add, set, end, list.",
    ),
    "departure": Entry(
        "pupil.departure:departure",
        RECORDS,
        "Guidance that is not followed for a pupil, and why: add, end, list.",
    ),
    "plan-elsewhere": Entry(
        "pupil.plan_elsewhere:elsewhere",
        RECORDS,
        "Plans kept elsewhere, such as a PEP: add, set, end, list.",
    ),
    "attendance": Entry(
        "pupil.attendance:attendance",
        RECORDS,
        "Attendance by term, in per cent: set, list.",
    ),
    "suspension": Entry(
        "pupil.suspension:suspension",
        RECORDS,
        "Suspensions and permanent exclusion: add, set, list.",
    ),
    "part-time": Entry(
        "pupil.part_time:part_time",
        RECORDS,
        "Part-time timetables: add, set, end, list.",
    ),
    "alternative-provision": Entry(
        "pupil.alternative_provision:alternative_provision",
        RECORDS,
        "Alternative provision: add, set, end, list.",
    ),
    "dual-registration": Entry(
        "pupil.dual_registration:dual_registration",
        RECORDS,
        "Dual registration with another school: add, set, end, list.",
    ),
    "base": Entry(
        "pupil.base:base",
        RECORDS,
        "Places in a support or specialist base: add, set, end, list.",
    ),
    "transition": Entry(
        "support.transition:transition",
        RECORDS,
        "Moves to the next phase or school: add, set, list.",
    ),
    "funding": Entry(
        "pupil.funding:funding",
        RECORDS,
        "Money tied to a pupil, such as top-up: add, end, list.",
    ),
    "report": Entry(
        "school.published_report:report",
        RECORDS,
        "Reports to parents: add, list; and those that the school publishes.",
    ),
    "information": Entry(
        "support.report:information",
        RECORDS,
        "What parents were told of, such as SENDIASS: add, list.",
    ),
    "document": Entry(
        "pupil.document:document", RECORDS, "Attach a report or a letter."
    ),
    "remove": Entry(
        "pupil.remove_and_move:remove", RECORDS, "Take out what landed by mistake."
    ),
    "move": Entry(
        "pupil.remove_and_move:move", RECORDS, "Move an item to the right pupil."
    ),
    "find": Entry("pupil.find:find_words", RECORDS, "Search all text of all records."),
    "register": Entry("papers.register:register", PAPERS, "The SEN register."),
    "map": Entry("papers.map:provision_map", PAPERS, "The provision map, costed."),
    "what-if": Entry(
        "papers.what_if:what_if",
        PAPERS,
        "A TA less, a rate up, a group more: cost and hours, on a copy.",
    ),
    "summary": Entry("papers.summary:summary", PAPERS, "The parents' meeting summary."),
    "print": Entry("papers.print:print_", PAPERS, "Print any document."),
    "start": Entry(
        "school.start:start",
        SCHOOL,
        "Lead through the first hour: school, staff, rates, terms, provisions, "
        "register.",
    ),
    "init": Entry("school.init:init", SCHOOL, "Make a records repository."),
    "demo": Entry(
        "school.demo:demo", SCHOOL, "Make a fictional school to try everything on."
    ),
    "school": Entry(
        "school.school:school", SCHOOL, "The school's own details: set, show."
    ),
    "look": Entry(
        "papers.look:look",
        SCHOOL,
        "The school's logo, colour, wording and templates: show, set, keep.",
    ),
    "import": Entry(
        "school.import_:import_",
        SCHOOL,
        "Take in pupils, contacts, staff, terms and provisions from files.",
    ),
    "export": Entry(
        "school.export:export",
        SCHOOL,
        "Give out what is held, as files that only you can read.",
    ),
    "staff": Entry(
        "school.staff:staff", SCHOOL, "Staff and their roles: add, set, list."
    ),
    "rate": Entry("school.rate:rate", SCHOOL, "Hourly rates by role: set, list."),
    "roll": Entry(
        "school.roll:roll",
        SCHOOL,
        "Number of pupils on roll, for percentages: set, remove, list.",
    ),
    "national": Entry(
        "school.roll:national",
        SCHOOL,
        "Figures for England to set beside the school's: set, remove, list.",
    ),
    "provision": Entry(
        "school.provision:provision", SCHOOL, "The catalogue of provisions."
    ),
    "scale": Entry("school.scale:scale", SCHOOL, "Scales to measure with: add, list."),
    "group": Entry(
        "cycle.group:group", SCHOOL, "Teaching groups: add, join, set, list."
    ),
    "term": Entry("school.term:term", SCHOOL, "Term dates: add, list."),
    "year": Entry("pupil.year:year", SCHOOL, "September: everybody up a year."),
    "undo": Entry(
        "safety.undo:undo",
        SAFETY,
        "Take back the last action of this computer, or a named one, by a new commit.",
    ),
    "sync": Entry(
        "safety.sync:sync",
        SAFETY,
        "Meet the other computer: take its changes in, send ours.",
    ),
    "join": Entry(
        "safety.backup:join",
        SAFETY,
        "Bring the records to this computer from their private copy.",
    ),
    "backup": Entry(
        "safety.backup:backup",
        SAFETY,
        "Back up the whole history to a folder, a stick or an address.",
    ),
    "restore": Entry(
        "safety.backup:restore",
        SAFETY,
        "Make records in a new folder from a backup, and verify them.",
    ),
    "signer": Entry(
        "safety.signer:signer", SAFETY, "Whose key may sign changes: add, end, list."
    ),
    "access": Entry(
        "safety.access:access",
        SAFETY,
        "Requests for what is held on a pupil: add, set, extend, end, list.",
    ),
    "retention": Entry(
        "safety.retention:retention",
        SAFETY,
        "How long records are kept: list, policy, hold, end, decide.",
    ),
    "erase": Entry(
        "safety.erase:erase",
        SAFETY,
        "Erase one pupil from the whole history, for good.",
    ),
    "draft": Entry(
        "safety.draft:draft",
        SAFETY,
        "Texts typed in an editor and not saved yet: list, open, remove.",
    ),
    "commit": Entry(
        "safety.commit:commit",
        SAFETY,
        "Take hand edits into the history, if they are valid.",
    ),
    "verify": Entry(
        "safety.verify:verify",
        SAFETY,
        "Verify the whole history, line by line; exit 8 on a breach.",
    ),
    "doctor": Entry(
        "safety.doctor:doctor",
        SAFETY,
        "Look at git, the folder and the computer; say how to mend what is wrong.",
    ),
    "check": Entry(
        "checks.check:check", SAFETY, "Check the records; exit 1 on any fault."
    ),
    "rule": Entry(
        "checks.rule:rule", SAFETY, "What the Code of Practice asks, rule by rule."
    ),
    "exception": Entry(
        "checks.exception:exception",
        SAFETY,
        "Answer a should of the Code with a reason.",
    ),
    "history": Entry("safety.history:history", SAFETY, "Who changed what, when."),
    "completion": Entry(
        "help.completion:completion",
        SAFETY,
        "Print what makes Tab finish commands in your shell.",
    ),
    "help": Entry(
        "help.moments:moment_help",
        SAFETY,
        "What to type when: sen help monday, planning, review ...",
    ),
}

# What nobody types: git calls the first, and `sen` by itself is the second.
UNLISTED = {
    "merge-driver": "safety.sync:merge_driver",
    "front": "help.front:front",
    "all-schools": "safety.all_schools:all_schools",
}
