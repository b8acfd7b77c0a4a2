"""Writes the pages that come from the program itself: commands, fields, rules, tree.

``python docs/build.py`` writes them; ``--check`` fails where one is out of date.
"""

from __future__ import annotations

import ast
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sencli.cli import COMMANDS
from sencli.cli.help.moments import MOMENTS
from sencli.cli.shell.examples import help_of
from sencli.core.papers.redact import SPECIAL
from sencli.core.record.diff import resolve
from sencli.documents.lists.rules import outline
from sencli.resources import folder
from sencli.resources import schema_path
from sencli.rules import EDITIONS
from sencli.rules import LEVEL_WORDS
from sencli.rules import NOT_SHOWN
from sencli.rules import RULES
from sencli.rules import Rule

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "sencli"
FROM = "<!-- Written by `python docs/build.py`; change the program, not this page. -->"


def commands() -> str:
    """Every command with its help, by section."""
    lines = [FROM, "", "# Commands", ""]
    lines += ["Every command takes `--help`; `-C DIR` before it names the records.", ""]
    section = ""
    for name, entry in COMMANDS.items():
        if entry.section != section:
            section = entry.section
            lines += [f"## {section}", ""]
        module, _, attribute = entry.target.partition(":")
        command = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
        for path, each in _tree(name, command):
            lines += [f"### sen {path}", "", "```text", _help(path, each), "```", ""]
    return "\n".join(lines)


def _tree(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (child := command.get_command(context, name)) is not None:
                yield from _tree(f"{path} {name}", child)


def _help(path: str, command: click.Command) -> str:
    context = click.Context(
        command,
        info_name=f"sen {path}",
        help_option_names=["-h", "--help"],
        terminal_width=88,
        max_content_width=88,
    )
    return help_of(context)


def record() -> str:
    """Every field of every file, from the schemas."""
    lines = [FROM, "", "# The files, field by field", ""]
    for name in ("pupil", "school", "provisions", "groups", "published"):
        root = json.loads(schema_path(name).read_text("utf-8"))
        lines += [f"## {root['title']}", "", root["description"], ""]
        lines += ["| Field | What it is | What it holds |", "|---|---|---|"]
        lines += [f"| `{p}` | {d} | {k} |" for p, d, k in _fields(root, root, "")]
        lines.append("")
    return "\n".join(lines)


def _fields(
    part: dict[str, Any], root: dict[str, Any], at: str
) -> Iterator[tuple[str, str, str]]:
    needed = part.get("required", ())
    for key, child in part.get("properties", {}).items():
        shape = resolve(child, root)
        path = f"{at}.{key}" if at else key
        kind = _kind(shape, root) + (", needed" if key in needed else "")
        yield path, shape.get("description", "").replace("|", "\\|"), kind
        inner = resolve(shape.get("items", shape), root)
        if "properties" in inner:
            nested = dict(inner)
            yield from _fields(nested, root, path + ("[]" if "items" in shape else ""))


def _kind(shape: Any, root: dict[str, Any]) -> str:
    if "enum" in shape:
        return "one of " + ", ".join(f"`{v}`" for v in shape["enum"])
    if shape.get("format") == "date":
        return "date"
    if "items" in shape:
        inner = resolve(shape["items"], root)
        return "list" if "properties" in inner else f"list of {_kind(inner, root)}"
    return {"string": "text", "integer": "whole number", "object": "part"}.get(
        str(shape.get("type", "")), str(shape.get("type", "number or text"))
    )


def moments() -> str:
    """What to type when."""
    lines = [
        FROM,
        "",
        "# A SENCO's year",
        "",
        "Type a pupil's name, or any part of it that only one pupil has; an outcome or",
        "intervention by its number in the open cycle. Dates are British:",
        "`12/03/2026`, `last friday`, `+6w`, `end of term`. Each command prints back",
        "what it understood. `sen help` prints this page in parts.",
        "",
    ]
    for moment in MOMENTS.values():
        lines += [f"## {moment.title}", "", moment.said, "", "```sh"]
        lines += [*moment.lines, "```", ""]
    return "\n".join(lines)


_VIEWS = {
    "all": "everybody's",
    "own": "the reader's and the child's",
    "none": "nobody's",
}


def readers() -> str:
    """Who reads what, from the file of the rules."""
    data = json.loads((folder("templates") / "redaction.json").read_text("utf-8"))
    lines = [FROM, "", "# Who reads what", ""]
    lines += [
        "What a reader may not see is removed from the record before a paper is made,",
        "so every format shows the same. The rules are in `templates/redaction.json`;",
        "a school may put its own file of that name into `templates/` of its records.",
        "Entries marked restricted appear on no paper unless `--include` names them.",
        "Several pupils' papers in one pdf are a file for the one who prints them: it",
        "has a bookmark for each and a list in front that names them all. The list",
        "comes off before anything goes out, and `--no-cover` leaves it away.",
        "Ethnicity, home language and health go only to readers for whom the rules",
        "name them under `special`: a file that says nothing of them keeps them back.",
        "",
        "## Contacts",
        "",
        "`sharing` decides what a contact receives of a paper for the family:",
        "`sen contact set amelia omar --sharing limited`. If contacts live apart, or",
        "one of them has less than full sharing, each parent has a separate page. What",
        "one parent said, raised or heard alone appears only on that parent's page; a",
        "page for both has no concern or meeting of one alone. The page does not say",
        "that anything was left out; the program says so on standard error.",
        "",
        "Written to are those with parental responsibility and whoever has care of the",
        "child (Education Act 1996 s.576), a foster carer first. A social worker who",
        "holds it for the authority gets letters as a professional, no family page.",
        "",
        "From the day after the last Friday in June of the school year in which the",
        "pupil turns 16, the pupil is a young person: pages, letters and duties are",
        "theirs (Children and Families Act 2014 s.83). A parent gets their own page",
        "if the young person agrees: `sen contact set PUPIL WHO --involved`. If",
        "they cannot decide, whoever acts for them is written to instead:",
        "`sen contact set PUPIL WHO --acts-for-pupil`. What asks for an answer",
        "(agreement to a specialist) goes to nobody else. What was done with the",
        "parents of a child still counts.",
        "",
        "| Sharing | What is shared | Left out | Only their own |",
        "|---|---|---|---|",
    ]
    for name, way in data["sharing"].items():
        about = f"{way['title'].capitalize()}. {way['about']}"
        lines.append(_row(f"`{name}`", about, way["leave_out"], way["own_only"]))
    lines += ["", "## Kinds of readers", "", "For `--for`:", ""]
    lines += ["| Reader | Whose words | Left out | Sections left out |"]
    lines += ["|---|---|---|---|"]
    for name, entry in data["audiences"].items():
        title, words = f"`{name}`: {entry['title']}", _VIEWS[entry["views"]]
        if entry["anonymous"]:
            words += "; no names, so no paper with a row for each child"
        back = [name for name in SPECIAL if name not in entry["special"]]
        hidden = [*back, *entry["leave_out"]]
        lines.append(_row(title, words, hidden, entry["parts"]))
    lines += [
        "",
        "## The governing body",
        "",
        "`sen print governors` is for the governing body alone, and says so: it shows",
        "every total of the school, whatever its size, and hides single cells of few",
        "pupils (`<5`) only where groups are crossed. No child is named. Whoever else",
        "it is printed for (`--for`, or `--to` somebody of a family) gets the strict",
        "edition, as `--public` makes it: small numbers are withheld there, and others",
        "with them. `sen school set settings.governors=public` makes that the usual",
        "one. The information report and the inclusion strategy are always strict.",
    ]
    return "\n".join(lines)


def _row(name: str, about: str, *lists: list[str]) -> str:
    cells = [", ".join(f"`{field}`" for field in some) or "nothing" for some in lists]
    return f"| {name} | {about} | {' | '.join(cells)} |"


FAMILIES = {
    "A": "Identifying needs and deciding",
    "B": "Assess, plan, do, review",
    "C": "Moving on, specialists, asking for an EHC needs assessment",
    "D": "EHC plans and annual reviews",
    "K": "The school census",
    "P": "Parents, pupil and record keeping",
}


def rules() -> dict[str, str]:
    """The rules: one page for all, one for each family."""
    found = {"rules.md": "\n".join(_rules_front()) + "\n"}
    for family, title in FAMILIES.items():
        lines = [f"# {family}: {title}", ""]
        for rule in RULES:
            if rule.code[0] == family:
                lines += _rule_page(rule)
        found[f"rules/{family}.md"] = "\n".join(lines).rstrip() + "\n"
    return found


def _rules_front() -> Iterator[str]:
    yield "# The Code of Practice as rules"
    yield ""
    yield (
        f"{len(RULES)} rules of {EDITIONS['sendcop-2015'].title}, each a function that "
        "reads one record. `sen check` runs them, `sen rule CODE` explains one. These "
        "pages are made from the rules by `python docs/build.py`."
    )
    yield ""
    yield "Levels:"
    yield ""
    yield from (f"- **{level}**: {words}" for level, words in LEVEL_WORDS.items())
    yield ""
    yield (
        "A *should* may be answered with a reason (`sen exception add`); a *must* "
        "cannot. A paragraph marked *to be confirmed* has not been checked against the "
        "printed Code."
    )
    for family, title in FAMILIES.items():
        yield from ("", f"## [{family}: {title}](rules/{family}.md)", "")
        yield from ("| rule | level | what is as it should be |", "|---|---|---|")
        for rule in RULES:
            if rule.code[0] == family:
                link = f"[{rule.code}](rules/{family}.md#{rule.code.lower()})"
                yield f"| {link} | {rule.level} | {rule.name} |"
    yield from ("", "## What a record cannot show", "")
    for code, row in NOT_SHOWN.items():
        yield f"- **{code}** {row.name} ({row.cites}). {row.reason}"


def _rule_page(rule: Rule) -> Iterator[str]:
    yield from (f"## {rule.code}", "", f"**{rule.name}**", "")
    yield f"- Level: {LEVEL_WORDS[rule.level]}"
    yield f"- Comes from: {rule.citation}"
    if rule.draft_section:
        yield f"- In the draft of 2013: {rule.draft_section}"
    yield from (f"- To meet it: `{rule.meet}`", "")
    yield from (rule.asks, "", f"Why: {rule.why}", "", rule.found_when, "")
    yield from ("A record that falls short:", "")
    yield from ("```yaml", outline(rule.shown[0]), "```", "")
    yield from ("The same record put right:", "")
    yield from ("```yaml", outline(rule.shown[1]), "```", "")


TREE = (
    "<!-- The tree: written by `python docs/build.py` -->",
    "<!-- End of the tree -->",
)


def architecture() -> str:
    """The page as it is, with the tree of rooms and modules written anew."""
    page = (HERE / "architecture.md").read_text("utf-8")
    before, begin, rest = page.partition(TREE[0])
    _, end, after = rest.rpartition(TREE[1])
    if not (begin and end):
        sys.exit(f"docs/architecture.md needs the lines {TREE[0]} and {TREE[1]}.")
    tree = "\n".join(("```text", *_branch(PACKAGE, 0), "```"))
    return f"{before}{begin}\n\n{tree}\n\n{end}{after}"


def _branch(folder: Path, depth: int) -> Iterator[str]:
    """A folder and all in it, each with the first line of its docstring."""
    yield _leaf(f"{folder.name}/", folder / "__init__.py", depth)
    modules = [p for p in folder.glob("*.py") if p.name != "__init__.py"]
    rooms = [p.parent for p in folder.glob("*/__init__.py")]
    for path in sorted(rooms):
        yield from _branch(path, depth + 1)
    for path in sorted(modules):
        yield _leaf(path.name, path, depth + 1)


def _leaf(name: str, module: Path, depth: int) -> str:
    said = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    line = said.partition("\n")[0].replace("``", "")
    return f"{'  ' * depth + name:<33} {line}"


def all_pages() -> dict[str, str]:
    """Every page by its path within docs."""
    return {
        "moments.md": moments(),
        "commands.md": commands(),
        "record.md": record(),
        "readers.md": readers(),
        "architecture.md": architecture(),
        **rules(),
    }


def main(args: list[str]) -> int:
    """Write the pages, or check that they are current; 1 where one is not."""
    stale = []
    for name, made in all_pages().items():
        path, text = HERE / name, made.rstrip() + "\n"
        if "--check" not in args:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        elif not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
    for name in stale:
        sys.stderr.write(f"docs/{name} is out of date: python docs/build.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
