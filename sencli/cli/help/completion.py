"""``sen completion``: what lets Tab complete commands, options, names and codes."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.complete import SHELLS
from sencli.errors import UsageFault
from sencli.store.files import files
from sencli.store.files import programs
from sencli.store.files import shell as shells

WHERE = {
    "bash": "sen completion bash >> ~/.bashrc",
    "zsh": "sen completion zsh >> ~/.zshrc",
    "fish": "sen completion fish > ~/.config/fish/completions/sen.fish",
    "powershell": "sen completion powershell >> $PROFILE",
}
_BEGIN, _END = "# >>> sen completion >>>", "# <<< sen completion <<<"


@click.command()
@click.argument("shell", type=click.Choice(list(WHERE)), required=False)
@click.option("--install", is_flag=True, help="Put it where your shell finds it.")
@click.pass_context
@pass_app
def completion(
    app: App, ctx: click.Context, shell: str | None, *, install: bool
) -> None:
    """Print what makes Tab finish commands in your shell.

    With --install it is put where the shell finds it; the shell is the one that runs.
    """
    if shell is None and not install:
        for line in WHERE.values():
            app.say(line)
        return
    chosen = shell or _running()
    root = ctx.find_root().command
    source = SHELLS[chosen](root, {}, "sen", "_SEN_COMPLETE").source()
    if not install:
        click.echo(source)
        return
    place = _place(chosen)
    written = source if chosen == "fish" else _with_block(place, source)
    files.make_folder(str(place.parent))
    if place.is_file() and place.read_text("utf-8") == written:
        app.say(f"It is there already: {place}")
        return
    files.overwrite(str(place), written.encode())
    app.say(f"Tab completes sen in every {chosen} that you open from now on: {place}")


def _running() -> str:
    """The user's shell.

    Raises:
        UsageFault: it is none of ours.
    """
    if shells.kind() != "sh":
        return "powershell"
    name = Path(os.environ.get("SHELL", "")).name
    if name not in WHERE:
        raise UsageFault(
            f"Which shell is yours? {name or 'It'} is not known here.",
            f"Name it: sen completion bash --install  (or {', '.join(WHERE)})",
        )
    return name


def _place(shell: str) -> Path:
    """The file that the shell reads when it begins."""
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    if shell == "powershell":
        # the shell alone knows where OneDrive put the documents
        return Path(programs.powershell_profile())
    return {
        "bash": home / ".bashrc",
        "zsh": Path(os.environ.get("ZDOTDIR") or home) / ".zshrc",
        "fish": config / "fish" / "completions" / "sen.fish",
    }[shell]


def _with_block(place: Path, source: str) -> str:
    """The file with our block at its end, or anew where it stood."""
    text = place.read_text("utf-8") if place.is_file() else ""
    block = f"{_BEGIN}\n{source.strip()}\n{_END}\n"
    if _BEGIN in text and _END in text:
        before, _, rest = text.partition(_BEGIN)
        return before + block + rest.partition(f"{_END}\n")[2]
    gap = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{gap}{block}"
