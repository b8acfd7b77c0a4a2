"""``sen help``: what to type at each moment of a SENCO's year.

``docs/moments.md`` is made from this table.
"""

from __future__ import annotations

from typing import NamedTuple

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.errors import NotFound


class Moment(NamedTuple):
    """One moment: its title, what to know, what to type."""

    title: str
    said: str
    lines: tuple[str, ...]


MOMENTS: dict[str, Moment] = {
    "spreadsheet": Moment(
        "Begin from a spreadsheet",
        "Take the office's report of pupils (.xlsx or csv) as it is; look first. It is "
        "shown again, and taken in as one change after your yes.",
        ("sen import pupils.csv --dry-run", "sen import pupils.csv"),
    ),
    "office": Moment(
        "The office's report, each week",
        "What the last file brought is amended; what you wrote stays, and is told. "
        "Leavers are listed, with what to type.",
        (
            "sen import pupils.csv",
            "sen import pupils.csv --whole-school --sen-only",
            "sen import contacts contacts.csv",
            "sen import staff staff.csv",
        ),
    ),
    "monday": Moment(
        "Monday morning",
        "What is due this week, most urgent first, with the command for each.",
        ("sen due", "sen due --within 4w --class 4B"),
    ),
    "concern": Moment(
        "A concern",
        "A teacher or a parent is worried: record it, and open a cycle with the "
        "assessment. At a terminal, sen concern by itself leads through it.",
        (
            (
                "sen concern add amelia --raised-by parent "
                '--concern "She cannot tell me about her day"'
            ),
            (
                "sen cycle open amelia --teacher KM "
                '--assessment "Reads 22 of 100 common words"'
            ),
            'sen status set amelia K --reason "Decided with parents"',
        ),
    ),
    "planning": Moment(
        "The planning meeting",
        "Outcomes with where the pupil is now, who does what, and when it is reviewed. "
        "At a terminal, sen plan PUPIL leads through it; with --form it is one form.",
        (
            (
                "sen cycle plan amelia --agreed-with parent,pupil,teacher,senco "
                '--review-by "end of term"'
            ),
            (
                'sen outcome add amelia "Reads 60 common words on sight" '
                '--measure "words of 100" --baseline 22 --target 60'
            ),
            (
                "sen intervention add amelia precision-teaching --outcome 1 "
                '--led-by TA2 --group "HFW 1"'
            ),
        ),
    ),
    "week": Moment(
        "A TA's week",
        "One command a group; a pupil who was away is named. No entry means not "
        "recorded, never not delivered.",
        (
            'sen tick "HFW 1" --days mon,wed,fri --absent amelia=wed',
            'sen session log "HFW 1" --date monday',
            'sen session log "HFW 1" --date wednesday --absent amelia --reason ill',
            'sen session log "HFW 1" --from 03/11 --to 14/11 --missed staff_absent',
            "sen outcome measure amelia 1 37",
            'sen scores "HFW 1" amelia=37',
        ),
    ),
    "sheet": Moment(
        "A teacher or TA fills in a sheet",
        "They need no program: a sheet on paper, in Excel or as a page asks for "
        "sessions, measures, what helped, views and worries, of their pupils alone. "
        "What comes back is shown first, and nothing is taken twice.",
        (
            "sen sheet --for TA2 --as html --output ta2.html",
            "sen sheet --for TA2 --as xlsx --output ta2.xlsx",
            'sen sheet --class 4B --from monday --to "+1w" --as paper',
            "sen take ta2.xlsx --dry-run",
            "sen take ta2.xlsx",
        ),
    ),
    "review": Moment(
        "The review",
        "What each outcome came to, whether the help worked, what parents and pupil "
        "say, what next. Then the page for the parents. At a terminal, sen review "
        "PUPIL leads through it; with --form it is one form.",
        (
            (
                "sen cycle review amelia --date today --attended parent,pupil,KM "
                "--outcome 1=achieved:63 --intervention 1=+1 --decision continue "
                '--next-steps "Move to phrases"'
            ),
            "sen summary amelia --format pdf --output amelia.pdf",
            "sen cycle open amelia --carry 1",
        ),
    ),
    "parents": Moment(
        "Meeting the parents",
        "Who came, what each said, who promised what; then the record for them. A "
        "review counts as a meeting by itself. At a terminal, sen meet PUPIL leads "
        "through it.",
        (
            (
                "sen meeting add amelia --date today --kind termly --led-by KM "
                '--attended parent,pupil,KM --parent-view "Happier" '
                '--action "KM: ring the surgery (by friday)"'
            ),
            "sen meeting add amelia --record-given today --shared-with-staff today",
            'sen action done amelia "ring the surgery" --date today',
            "sen print letter-after-meeting amelia",
            "sen report add amelia --to parent --date today",
        ),
    ),
    "specialist": Moment(
        "Asking a specialist",
        "Parents agree first; each piece of advice is answered and carried into the "
        "plan, and shared.",
        (
            'sen specialist refer amelia EP --consent parent --reason "Stuck"',
            (
                "sen specialist advise amelia EP "
                '--recommendation "Ten minutes of paired reading a day" '
                "--decision accepted --outcome 1 --shared-with parents,staff"
            ),
            "sen specialist list amelia",
        ),
    ),
    "attendance": Moment(
        "Out of school: attendance, suspensions, a part-time timetable",
        "What an authority asks for beside the plan. A part-time timetable is agreed "
        "with parents and reviewed; the census is told of dual registration.",
        (
            'sen attendance set amelia 91.3 --source "Attendance register"',
            (
                "sen suspension add amelia --date yesterday --days 1.5 "
                '--reason "Hurt an adult"'
            ),
            (
                'sen part-time add amelia --hours 15 --reason "Anxiety" '
                "--consent parent --review-by +4w"
            ),
            'sen alternative-provision add amelia "Elm Farm" --days 2',
            'sen dual-registration add amelia "Ash House" --here main',
            'sen base add amelia support --name "The Nest"',
        ),
    ),
    "background": Moment(
        "Tests, health, ethnicity and language",
        "What an authority's form asks of the child, beside the plan. Health and "
        "ethnicity go only to those who need them.",
        (
            'sen attainment add amelia "reading age" 6:04 --test NGRT --by KM',
            "sen attainment list amelia",
            "sen health add amelia Asthma --medication --plan --review-by +6m",
            "sen ethnicity set amelia APKN --basis parent",
            "sen language set amelia Urdu --basis parent",
        ),
    ),
    "annual-review": Moment(
        "An EHC plan and its annual review",
        "The request and its timetable in law, the plan, the review; each says what "
        "is due when.",
        (
            "sen print ehc-evidence amelia --format pdf --output evidence.pdf",
            "sen ehc request amelia --by parent --date today",
            (
                "sen ehc issue amelia --date 10/03/2025 "
                '--outcome "Takes part in a conversation" '
                '--provision "Speech therapy, an hour a week"'
            ),
            "sen ehc review amelia --date +4w --time 14:00 --place Library",
            "sen print annual-review amelia --record --format pdf --output pack.pdf",
            "sen ehc review amelia --outcome 1=on_track --recommendation keep",
            "sen ehc show amelia",
            "sen ehc late",
        ),
    ),
    "ending": Moment(
        "Support is no longer needed",
        "Decided at the review, with the parents told; or on another day.",
        (
            (
                "sen cycle review amelia --attended parent,KM "
                '--decision-reason "Caught up" --end-support'
            ),
            'sen status end amelia --reason "Caught up" --told parent --how meeting',
        ),
    ),
    "handover": Moment(
        "A new SENCO takes over",
        "What is open, what was promised and whom to call, on one paper; passwords "
        "are handed over by hand.",
        (
            "sen print handover",
            "sen staff set KM --role SENCO --from 01/09/2026",
            "sen signer list",
            "sen doctor",
        ),
    ),
    "staffing": Moment(
        "Fewer hands, or dearer ones",
        "What a TA less, a rate up or a group more would mean for hours, cost and "
        "pupils: worked out on a copy, nothing is changed.",
        (
            "sen what-if --without TA2",
            "sen what-if --rate TA=17.20 --to 31/08/2026",
            "sen what-if --group precision-teaching=amelia,ben --led-by TA2",
        ),
    ),
    "inspector": Moment(
        "The head, a governor, the local authority, an inspector",
        "Who gets what, what it costs, whether it works, and how it can be shown.",
        (
            "sen register",
            "sen map --by provision",
            "sen roll set 412 --date 02/10/2025",
            (
                "sen national set sen-support 14.2 --year 2025/26 "
                '--source "DfE, January 2026"'
            ),
            'sen report write governors comment "What these figures mean"',
            "sen print governors",
            "sen print governors --public",
            "sen history amelia",
            "sen check",
        ),
    ),
    "september": Moment(
        "September",
        "Everybody up a year, leavers off the roll, in one commit. Look first.",
        ("sen year roll --dry-run", "sen year roll --from 01/09/2026"),
    ),
    "leaver": Moment(
        "A leaver",
        "Off the roll, the open cycle closed, in one commit; a day to come is noted.",
        (
            'sen pupil leave amelia --date 12/12/2025 --to-school "Elm Road"',
            "sen export transfer amelia --output amelia.zip",
        ),
    ),
    "newcomer": Moment(
        "A pupil comes from another school",
        "Take in the file that the school sent, or the SEN history of its CTF: shown "
        "first, then one change.",
        (
            "sen import transfer amelia.zip --dry-run",
            "sen import ctf leavers.xml --dry-run",
        ),
    ),
    "supply": Moment(
        "A supply teacher, and the class's folder",
        "What to know about each pupil on a card, four to a sheet; the class's week; "
        "and the page that a child makes with you, with a photo or a frame to draw in.",
        (
            "sen print passport --class 4B --size card --format pdf --output cards.pdf",
            "sen print class-map --class 4B --format pdf --output week.pdf",
            'sen pupil set amelia profile.please_do="Give me time; Ask me first"',
            "sen print profile amelia --format pdf --output profile.pdf",
        ),
    ),
    "batch": Moment(
        "Papers for a class, or for everybody",
        "One pdf to print on both sides: each paper on a sheet of its own, a bookmark "
        "for each, and in front a list for you of whose is where and what was left "
        "out. The list names every child: it goes to no family.",
        (
            "sen summary --class 4B --format pdf --output summaries.pdf",
            "sen print support-plan --all --format pdf --output plans.pdf",
            "sen print support-plan --all --no-cover --format pdf --output sent.pdf",
        ),
    ),
    "access": Moment(
        "Somebody asks for all that is held",
        "Record the request: its clock stands in sen due. What is about others is "
        "marked; read the reviewer's edition, decide each mark, then give out the "
        "pack, from which what is withheld is taken out.",
        (
            'sen access add amelia --by mother --date 03/09/2025 --how "by email"',
            "sen export subject-access amelia --output review",
            "sen export subject-access amelia --decisions review/decisions.txt",
            "sen export subject-access amelia --as-suggested all",
            "sen export subject-access amelia --output pack",
            "sen access end amelia --answer sent",
        ),
    ),
    "retention": Moment(
        "A leaver's record is old enough",
        "The list says whose record is due for review, which are held, and why. A "
        "review is decided; nothing is erased by itself.",
        (
            "sen retention",
            'sen retention hold amelia --reason "A complaint is open"',
            "sen retention end amelia",
            (
                'sen retention decide amelia keep --reason "A claim may come" '
                "--until 31/08/2040"
            ),
        ),
    ),
    "erasure": Moment(
        "The end of retention, or a family asks for erasure",
        "One pupil out of the whole history, for good. Give the family their copy "
        "first, and look at what would go. Then the other computers follow.",
        (
            "sen print case amelia --format pdf --output case.pdf",
            "sen retention list amelia",
            "sen erase amelia --dry-run",
            'sen erase amelia --ground "End of retention"',
            "sen sync --after-erasure",
            'sen erase --check p7k2q --words "Amelia Khan"',
        ),
    ),
    "publish": Moment(
        "What the school publishes every year",
        "The inclusion strategy and the SEN information report: you write what only "
        "you can say, the records fill in the rest, and nobody is named.",
        (
            "sen report show inclusion-strategy",
            'sen report write inclusion-strategy aims "Every child belongs here"',
            'sen report barrier inclusion-strategy "Noise in the hall at lunch"',
            (
                'sen report activity inclusion-strategy "A calm room at lunch" '
                "--barrier 1 --funding imf --cost 2000"
            ),
            "sen print inclusion-strategy --format pdf --output strategy.pdf",
            "sen report publish inclusion-strategy --date today",
        ),
    ),
    "numbers": Moment(
        "Numbers for others, and a calendar",
        "Any list comes for Excel, as csv or as a database. The calendar names no "
        "pupil; made again with --force it follows what is done. The census is a "
        "sheet to type from: no school system takes such a file.",
        (
            "sen register --output register.xlsx",
            "sen map --output map.sqlite",
            "sen print census --output census.csv",
            "sen export tables --output records.sqlite",
            "sen due --within 12w --output sen.ics",
        ),
    ),
    "trust": Moment(
        "A trust reads its schools together",
        "Each school's records in a folder of one folder: only read, and no pupil "
        "named without --names.",
        (
            "sen --all-in ../schools register",
            "sen --all-in ../schools check --level must",
            "sen --all-in ../schools print governors --output ../trust.xlsx",
        ),
    ),
    "backup": Moment(
        "A copy on a stick, each Friday",
        "The whole history, read back after it is written. Try it once, in a new "
        "folder, and delete the trial.",
        ("sen backup ../stick", "sen restore ../stick ../trial"),
    ),
    "laptop-lost": Moment(
        "The laptop is lost, or a deputy begins",
        "Tell the data protection officer of a lost laptop first. On the new computer "
        "the records come from their private copy, or from the newest backup.",
        (
            "sen join ../meeting.git ../joined",
            "sen restore ../stick ../restored",
            "sen doctor",
        ),
    ),
    "mistake": Moment(
        "A mistake",
        "The same verb again amends only what you name, and shows old and new. "
        "Nothing is ever lost: the history keeps what was there.",
        (
            'sen outcome set amelia 1 --target 70 --correct --reason "typed wrongly"',
            "sen remove amelia o8fd",
            "sen move amelia o8fd --to ben",
        ),
    ),
}


@click.command(name="help")
@click.argument(
    "words",
    metavar="[WORD]...",
    nargs=-1,
    shell_complete=lambda _ctx, _param, typed: [
        name for name in MOMENTS if name.startswith(typed.casefold())
    ],
)
@click.pass_context
@pass_app
def moment_help(app: App, ctx: click.Context, words: tuple[str, ...]) -> None:
    """What to type when: sen help monday, planning, review ...

    Any other word is looked for in the commands and the moments: sen help absent.
    """
    moment = " ".join(words)
    if not moment:
        for name, entry in MOMENTS.items():
            app.say(f"{name:<11} {entry.title}")
        app.say("\nType sen help and one of these words, or any word to look for.")
        return
    found = [name for name in MOMENTS if name.startswith(moment.casefold())]
    if len(found) == 1:
        _say(app, MOMENTS[found[0]])
    else:
        _search(app, ctx.find_root(), moment)


def _say(app: App, entry: Moment) -> None:
    app.say(f"{entry.title}\n\n{entry.said}\n")
    for line in entry.lines:
        app.say(f"  {line}")


def _search(app: App, root: click.Context, wanted: str) -> None:
    """What has the words: moments first, then commands and their options.

    Raises:
        NotFound: nothing has them.
    """
    from sencli.cli.help import search_help

    told = {
        name: (entry.title, " ".join((entry.said, *entry.lines)))
        for name, entry in MOMENTS.items()
    }
    shown = False
    for title, hits in (
        ("Moments", search_help.moments(wanted, told)),
        ("Commands", list(search_help.commands(wanted, root.command, root))),
    ):
        near, more = search_help.nearest(hits)
        if not near:
            continue
        app.say(f"\n{title}:" if shown else f"{title}:")
        shown = True
        wide = max(len(hit.typed) for hit in near)
        for hit in near:
            app.say(f"  {hit.typed:<{wide}}  {hit.said}")
        if more:
            app.say(f"  and {more} more: sen --help")
    if not shown:
        raise NotFound(
            f"No command and no moment has {wanted!r}.",
            f"Moments: {', '.join(MOMENTS)}. Every command: sen --help",
        )
