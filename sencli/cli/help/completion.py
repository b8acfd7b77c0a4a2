"""``sen completion``: scripts that let Tab complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.powershell import PowerShellComplete
from sencli.errors import UsageFault

WHERE = {
    "bash": "sen completion bash >> ~/.bashrc",
    "zsh": "sen completion zsh >> ~/.zshrc",
    "fish": "sen completion fish > ~/.config/fish/completions/sen.fish",
    "powershell": "sen completion powershell >> $PROFILE",
}


@click.command()
@click.argument("shell", type=click.Choice(list(WHERE)), required=False)
@click.pass_context
@pass_app
def completion(app: App, ctx: click.Context, shell: str | None) -> None:
    """Print what makes Tab finish commands in your shell."""
    if shell is None:
        for line in WHERE.values():
            app.say(line)
        return
    kind = PowerShellComplete if shell == "powershell" else get_completion_class(shell)
    if kind is None:
        raise UsageFault(f"There is no completion for {shell}.")
    root = ctx.find_root().command
    click.echo(kind(root, {}, "sen", "_SEN_COMPLETE").source())
