#!/usr/bin/env python3
"""Make docs/rules.md and the pages beneath it from the rules themselves.

Run it after a rule has changed: ``python docs/make_rules.py``. A test holds the pages
to what it makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sencli.documents.lists.rules import outline
from sencli.rules import EDITIONS
from sencli.rules import LEVEL_WORDS
from sencli.rules import NOT_SHOWN
from sencli.rules import RULES
from sencli.rules import Rule

DOCS = Path(__file__).resolve().parent

FAMILIES = {
    "A": "Identifying needs and deciding",
    "B": "Assess, plan, do, review",
    "C": "Moving on, specialists, asking for an EHC needs assessment",
    "D": "EHC plans and annual reviews",
    "K": "The school census",
    "P": "Parents, pupil and record keeping",
}


def pages() -> dict[str, str]:
    """Every page by its path within docs."""
    found = {"rules.md": "\n".join(_front()) + "\n"}
    for family, title in FAMILIES.items():
        rules = [rule for rule in RULES if rule.code[0] == family]
        lines = [f"# {family}: {title}", ""]
        for rule in rules:
            lines += _page(rule)
        found[f"rules/{family}.md"] = "\n".join(lines).rstrip() + "\n"
    return found


def _front() -> Iterator[str]:
    yield "# The Code of Practice as rules"
    yield ""
    yield (
        f"{len(RULES)} rules of {EDITIONS['sendcop-2015'].title}, each a function that "
        "reads one record. `sen check` runs them, `sen rule CODE` explains one. These "
        "pages are made from the rules by `python docs/make_rules.py`."
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


def _page(rule: Rule) -> Iterator[str]:
    yield from (f"## {rule.code}", "", f"**{rule.name}**", "")
    yield f"- Level: {LEVEL_WORDS[rule.level]}"
    yield f"- Comes from: {rule.citation}"
    if rule.draft_section:
        yield f"- In the draft of 2013: {rule.draft_section}"
    yield from (f"- To meet it: `{rule.meet}`", "")
    yield from (rule.asks, "", f"Why: {rule.why}", "", rule.found_when, "")
    yield from ("A record that falls short:", "")
    yield from ("```yaml", outline(rule.fails), "```", "")
    yield from ("The same record put right:", "")
    yield from ("```yaml", outline(rule.passes), "```", "")


def main() -> None:
    """Write the pages."""
    (DOCS / "rules").mkdir(exist_ok=True)
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
