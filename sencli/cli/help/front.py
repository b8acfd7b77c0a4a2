"""``sen`` by itself: what is due, and four things to try."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.errors import NotFound

_TRY = """\

Four things to try:
  sen do 1                 what line 1 says, if there is one
  sen pupil show PUPIL     all that is recorded of one pupil
  sen plan PUPIL           a planning meeting, from question to question
  sen help planning        what to type for it
Every command: sen --help
"""

_BEGIN = """\
There are no records here yet. Four things to try:
  sen demo demo            a fictional school to try everything on
  sen start                your own school, from question to question
  sen doctor               look at git, this folder and the computer
  sen help                 what to type when

Every command: sen --help"""


@click.command()
@pass_app
def front(app: App) -> None:
    """The first screen of the records here; where there are none, how to begin."""
    try:
        known = app.repo
    except NotFound:
        app.say(_BEGIN)
        return
    del known
    from sencli.cli.checks.due import first_screen

    first_screen(app, _TRY)
