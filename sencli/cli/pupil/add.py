"""``sen pupil add``: a new pupil."""

from __future__ import annotations

import click

from sencli.cli.pupil.year_groups import YEAR_GROUP
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.core.pupil import add as new_pupil
from sencli.core.record.act import Act
from sencli.core.record.lookup import full_name
from sencli.core.text import upn as upns
from sencli.core.text.garbled import check_name
from sencli.errors import InvalidValue
from sencli.store.records.draft import Draft
from sencli.value import replace

SEX = Pick(
    {"female": "female", "male": "male"},
    "sex as the census has it",
    new_pupil.SEX_WORDS,
)


@click.command("add")
@click.argument("name", required=False, type=LINE)
@click.option("--first-name", type=LINE, help="First name, if not the first word.")
@click.option("--last-name", type=LINE, help="Family name, if not the other words.")
@click.option("--known-as", type=LINE, help="The name used every day.")
@click.option("--date-of-birth", "--dob", type=PAST, help="As 14/03/2017.")
@click.option("--sex", type=SEX, help="As the school census has it.")
@click.option("--upn", help="Unique pupil number.")
@click.option("--year-group", "--year", type=YEAR_GROUP, help="As 4 or Reception.")
@click.option("--class", "class_", type=LINE, help="Class or form.")
@click.option("--from", "since", type=PAST, help="First day on roll.")
@click.option("--from-school", type=LINE, help="School or setting before.")
@click.option("--yes", is_flag=True, help="Add a child who looks like another here.")
@writing
@pass_app
def add(
    app: App,
    *,
    name: str | None,
    first_name: str | None,
    last_name: str | None,
    known_as: str | None,
    date_of_birth: str | None,
    sex: str | None,
    upn: str | None,
    year_group: str | None,
    class_: str | None,
    since: str | None,
    from_school: str | None,
    yes: bool,
    fmt: str,
) -> None:
    """Add a pupil; a NAME is enough to begin with."""
    if first_name is None:
        name = ask(name, "NAME", "Name of the pupil", "FIRST LAST")
    first, last = new_pupil.split_name(name or "")
    names = {
        "first_name": first_name or first,
        "last_name": last_name or last,
        "known_as": known_as,
    }
    for given_name in filter(None, names.values()):
        check_name(given_name)
    fields = {
        "date_of_birth": date_of_birth,
        "sex": sex,
        "upn": upns.checked(upn) if upn else None,
        "year_group": year_group,
        "class": class_,
        "from": since,
        "from_school": from_school,
    }

    if _alike(app, {**names, "date_of_birth": date_of_birth, "upn": fields["upn"]}):
        confirmed("Add another child all the same?", yes=yes)

    def work(draft: Draft) -> Act:
        refuse_same_upn(draft, fields["upn"])
        return _added(app, draft, names, fields)

    save(app, work, fmt)


def _alike(app: App, typed: dict[str, str | None]) -> bool:
    """Say which pupils a new one looks like; whether there are any."""
    from sencli.core.school.similar_pupils import alike
    from sencli.store.repository.pupil_names import pupil_names

    new = {field: text for field, text in typed.items() if text}
    near = [
        name.id
        for name in pupil_names(app.repo)
        if alike(
            new,
            {
                "first_name": name.first_name,
                "last_name": name.last_name,
                "known_as": name.known_as,
            },
        )
    ]
    found = [record for record in map(app.repo.pupil, near) if alike(new, record)]
    for record in found:
        app.tell(f"There is {full_name(record)} already: sen pupil show {record['id']}")
    return bool(found)


def _added(
    app: App, draft: Draft, names: dict[str, str | None], fields: dict[str, str | None]
) -> Act:
    from sencli.store.repository.pupil_names import pupil_names

    taken = [{"id": pupil} for pupil in draft.pupil_ids()]
    known = [f"{n.first_name} {n.last_name}".strip() for n in pupil_names(app.repo)]
    act = new_pupil.new_pupil(
        app.new_ids(taken)("pupil"), names, fields, app.today, known
    )
    pupil = str(act.record["id"])
    made = of_pupil(act, pupil, "pupil.add", f"Add a pupil, {pupil}")
    return replace(made, ids=act.ids)


def refuse_same_upn(draft: Draft, upn: str | None, but: str = "") -> None:
    """Refuse a UPN that another pupil has."""
    from sencli.store.records.records import pupil_path

    if upn is None:
        return
    for pupil in draft.pupil_ids():
        path = pupil_path(pupil)
        if pupil == but or upn.encode() not in draft.read_bytes(path):
            continue
        record = draft.read(path)
        if upn in {record.get("upn"), record.get("former_upn")}:
            raise InvalidValue(
                f"Another pupil, {pupil}, has the UPN {upn} already.",
                f"See who it is: sen pupil show {pupil}",
            )
