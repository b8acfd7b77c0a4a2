"""The command line: finding commands, and turning every error into an exit code.

Exit codes: 0 done, 1 ``check`` or ``verify`` found something, 2 usage, 3 invalid record
or value, 4 not found or ambiguous, 5 busy, 6 conflict, 7 environment, 8 integrity,
70 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli import __version__
from sencli.cli import COMMAND
from sencli.cli import UNLISTED
from sencli.cli import WORDS
from sencli.cli.shell.lazy import ANY_WORDS
from sencli.cli.shell.lazy import LazyGroup
from sencli.cli.shell.lazy import command_at
from sencli.cli.shell.lazy import unquoted
from sencli.cli.shell.lines import fitted
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.safe import safe_text

if TYPE_CHECKING:
    from sencli.cli.shell.app import App

OUR_FAULT = 70
_TELL = {"check", "doctor", "commit", "verify", "init", "demo"}  # by themselves
INTERRUPTED = 130
_SHOWN = 5
_opened: list[App] = []  # what this run works with, for the message when it ends badly


@click.command(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="sen", message="%(prog)s %(version)s")
@click.option("-C", "directory", metavar="DIR", help="Work on the records in DIR.")
@click.option(
    "--no-pager",
    is_flag=True,
    is_eager=True,  # so that --help after it heeds it
    help="Show all at once what is longer than the screen.",
)
@click.option(
    "--all-in",
    metavar="DIR",
    help="Read the records of every school in DIR as one list.",
)
@click.option("--names", is_flag=True, help="With --all-in: name the pupils.")
@click.pass_context
def cli(
    ctx: click.Context,
    directory: str | None,
    all_in: str | None,
    *,
    no_pager: bool,
    names: bool,
) -> None:
    """Keep SEN support records: one file a pupil, every change a commit."""
    del no_pager  # see cli/shell/pager.py
    from sencli.cli.shell.app import App

    if all_in is not None or names:
        _all_schools(ctx, directory, all_in, names=names)

    ctx.obj = ctx.obj or App(directory)
    _opened[:] = [ctx.obj]
    if ctx.invoked_subcommand is None:
        ctx.invoke(command_at(UNLISTED["front"]))


def _all_schools(
    ctx: click.Context, directory: str | None, folder: str | None, *, names: bool
) -> None:
    """Read many schools in place of one, and end."""
    from sencli.cli.shell.app import App

    if folder is None:
        raise UsageFault(
            "--names before a command names the pupils of many schools.",
            "Add --all-in DIR, or leave it out.",
        )
    if directory is not None:
        raise UsageFault("-C names one school, --all-in many.", "Give one of the two.")
    ctx.obj = App()
    words = ctx.meta.get(COMMAND, ())
    made = command_at(UNLISTED["all-schools"])
    ctx.exit(ctx.invoke(made, folder=folder, words=words, names=names))


def run(args: Sequence[str]) -> int:
    """Run one command line; every error ends here as a sentence and a code."""
    _prepare_streams()
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        from sencli.store.files import files

        os.dup2(files.open_nowhere(), sys.stdout.fileno())
        return 0
    except Exception as fault:  # while the end of another fault was told
        return _our_fault(fault)
    return code


def _run(args: Sequence[str], app: App | None = None) -> int:
    _opened.clear()
    if os.environ.get("_SEN_COMPLETE"):
        from sencli.cli.shell.complete import know_shells

        know_shells()
    try:
        result = _called(unquoted(_texts(args)), app)
    except BrokenPipeError:
        raise
    except (click.Abort, KeyboardInterrupt) as stop:
        return _stopped(stop)
    except Exception as fault:
        return _ended(fault, args)
    except BaseException as fault:
        # a reader that is written in another language may end in a kind of its own
        if isinstance(fault, SystemExit | GeneratorExit):
            raise
        return _crash(fault)
    if _opened and _opened[0].read_all and _TELL.isdisjoint(args):
        from sencli.cli.shell.school_file_warnings import school_file_warning

        if words := school_file_warning(_opened[0]):
            _tell(*words, 0)
    if _opened and _opened[0].left_out:
        return _not_all(_opened[0])
    return result if isinstance(result, int) else 0


def _stopped(stop: BaseException) -> int:
    """Say that it was stopped, and how to go on if a question had been answered."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(err=True)  # the terminal shows ^C on the line
    again: str = getattr(stop, "again", "")
    return _tell("Stopped. Nothing was left half done.", again, INTERRUPTED)


def again(app: App, words: list[str]) -> Any:
    """Run another command in this run; what it says at its end is the run's."""
    return _called(words, app)


def _called(words: list[str], app: App | None) -> Any:
    """Run the command of these words, and ask for what they lack."""
    while True:
        try:
            return cli.main(words, prog_name="sen", standalone_mode=False, obj=app)
        except click.UsageError as fault:
            if not _opened:  # --all-in: no records of its own to look things up in
                raise
            if isinstance(fault, click.MissingParameter):
                from sencli.cli.shell.asking import completed

                words = completed(words, fault)
            else:
                words = _in_one_text(words, fault)
            app = _opened[0]


_EXTRA = "Got unexpected extra argument"
_QUOTES = "Put words that belong together in quotation marks."


def _in_one_text(words: list[str], fault: click.UsageError) -> list[str]:
    """The words, where a text was typed without quotes and can be nothing else.

    Raises:
        UsageError: the fault, if it is another.
    """
    ctx = fault.ctx
    if ctx is None or not fault.message.startswith(_EXTRA):
        raise fault
    from sencli.cli.shell.as_typed import as_one_text

    typed = list(ctx.meta.get(WORDS, words))
    names = ctx.command_path.split()[1:]
    begins = 0
    for name in names:
        begins = typed.index(name, begins) + 1
    extra = ctx.command.make_parser(ctx).parse_args(typed[begins:])[1]
    app = _opened[0]
    found = as_one_text(typed, extra, ctx.command, names[0], app.is_pupil, app.is_class)
    if not found:
        raise click.UsageError(f"{fault.message}. {_QUOTES}", ctx)
    return found


def _not_all(app: App) -> int:
    """Name the records that were left out of what was shown."""
    from sencli.cli.shell.app import ended

    fault = ended(app)
    return _tell(fault.message, fault.hint, fault.exit_code) if fault else 0


def _ended(fault: Exception, args: Sequence[str]) -> int:
    """Say what ended the command; give its exit code."""
    match fault:
        case SencliError():
            return _tell(fault.message, fault.hint, fault.exit_code)
        case click.exceptions.NoArgsIsHelpError():
            click.echo(fault.ctx.get_help() if fault.ctx else "")
            return 0
        case click.UsageError():
            return _tell(*_usage_words(fault), UsageFault.exit_code)
        case click.ClickException():
            return _tell(fault.format_message(), "", UsageFault.exit_code)
        case OSError():
            return _os_fault(fault)
        case _:
            code = _again(args)
            return _crash(fault) if code is None else code


def _usage_words(fault: click.UsageError) -> tuple[str, str]:
    """What is wrong with the words typed, and what to type."""
    hint = _usage_hint(fault.ctx)
    if isinstance(fault, click.MissingParameter):
        from sencli.cli.shell.asking import lacking

        message, give = lacking(fault)
        if fault.ctx is not None and fault.ctx.info_name in ANY_WORDS:
            return message, hint
        return message, f"{give}\n{hint}".strip()
    if isinstance(fault, click.BadParameter):
        from sencli.cli.shell.bad_value import explained

        if found := explained(fault):
            message, give = found
            return message, f"{give}\n{hint}".strip()
    if not isinstance(fault, click.NoSuchOption):
        return fault.format_message(), hint
    from sencli.cli.shell.suggest import likely_option

    top = fault.ctx.find_root().command.params if fault.ctx else ()
    if any(fault.option_name in param.opts for param in top):
        before = f"It stands before the command: sen {fault.option_name} ..."
        return fault.message, f"{before}\n{hint}"
    meant = likely_option(fault.option_name, fault.possibilities or ())
    return fault.message, f"Did you mean: {meant}\n{hint}" if meant else hint


def _prepare_streams() -> None:
    """No name may stop a command because the terminal's encoding lacks a letter.

    What goes to a file or another program is UTF-8, whatever the code page is.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _texts(args: Sequence[str]) -> list[str]:
    """The words typed, as UTF-8 also where the language of the system is not."""
    found = []
    for arg in args:
        try:
            arg.encode()
            found.append(arg)
        except UnicodeEncodeError:
            found.append(_text(arg))
    return found


def _text(arg: str) -> str:
    try:
        return os.fsencode(arg).decode()
    except UnicodeError:
        raise UsageFault(
            f"{arg!a} holds bytes that are not UTF-8 text.",
            "Type it again, or give the text by - from a UTF-8 file.",
        ) from None


def _tell(message: str, hint: str, code: int) -> int:
    from sencli.store.git.passwords import masked

    message, hint = masked(message), masked(hint)
    if _opened and _opened[0].has_repo:
        from sencli.cli.shell.by_name import by_name

        hint = by_name(_opened[0].repo, hint, sys.stderr)
    lines = [f"sen: {safe_text(message)}"]
    lines += [f"     {line}" for line in safe_text(hint).splitlines()]
    click.echo(fitted("\n".join(lines), sys.stderr), err=True)
    return code


def _usage_hint(ctx: click.Context | None) -> str:
    return f"See: {ctx.command_path} --help" if ctx else "See: sen --help"


def _os_fault(fault: OSError) -> int:
    where = f": {fault.filename}" if isinstance(fault.filename, str) else ""
    saved = next((app.repo.saved for app in _opened if app.has_repo), "")
    return _tell(
        "The computer reported an error: "
        f"{fault.strerror or type(fault).__name__}{where}",
        f"The change is saved ({saved[:8]}); only its output failed."
        if saved
        else "Nothing was saved by this command. See: sen doctor",
        EnvironmentFault.exit_code,
    )


def _again(args: Sequence[str]) -> int | None:
    """Repeat work on the whole school without invalid records.

    Such a record can break what was written for sound ones. None where it was not for
    the whole school, or has begun to write.
    """
    first = _opened[0] if _opened else None
    if first is None or first.strict or not first.read_all or first.repo.wrote:
        return None
    from sencli.cli.shell.app import App

    app = App(first.directory)
    app.strict = True
    return _run(args, app)


def _faulty_records() -> str:
    """Each fault of the records that this run has read, a line each; or ""."""
    from sencli.store.records.records import READ
    from sencli.store.records.records import TOP

    for app in _opened:
        # a strict run left out each pupil's record that does not fit
        read = READ.intersection(TOP) if app.strict else READ
        if app.has_repo and read:
            from sencli.store.records.check import check_files

            try:
                found = check_files(app.repo.root, sorted(read))
            except Exception:  # it trips over the same: then nothing is known
                return ""
            faults = [problem for problem in found if not problem.note]
            return "".join(
                f"\n  {p.file}:{p.line}: {p.message}" for p in faults[:_SHOWN]
            )
    return ""


def _first_file(faulty: str) -> str:
    """The file of the first fault."""
    return faulty.strip().partition(":")[0]


def _crash(fault: BaseException) -> int:
    """A fault of ours: its kind and places, never its words (they may hold data).

    Where a record that was read was edited into what no command can work with, that is
    told first.
    """
    report = _report(fault)
    if faulty := _faulty_records():
        return _tell(
            f"A record holds what this command cannot work with.{faulty}",
            "Mend the lines in an editor (see all: sen check), or bring back the "
            f"version saved last: git checkout -- {_first_file(faulty)}\n"
            f"If it happens again then, it is our fault ({type(fault).__name__}). "
            f"{report}",
            InvalidValue.exit_code,
        )
    return _our_fault(fault)


def _our_fault(fault: BaseException) -> int:
    """Say that the program itself is at fault."""
    return _tell(
        f"Something went wrong inside sencli {__version__} ({type(fault).__name__}).",
        f"The records are as they were. {_report(fault)}",
        OUR_FAULT,
    )


def _report(fault: BaseException) -> str:
    """The last places in our code, innermost first."""
    frames = []
    trace = fault.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        file = code.co_filename.rpartition(os.sep)[2]
        frames.append(f"{file}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"Please report: {' < '.join(frames[-6:][::-1])}"
