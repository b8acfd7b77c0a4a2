"""Completion for PowerShell, which click does not support."""

from __future__ import annotations

import os
import re

from click.shell_completion import CompletionItem
from click.shell_completion import ShellComplete

_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_SOURCE = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:COMP_WORDS = $commandAst.ToString()
    $env:COMP_CWORD = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    try {
        & %(prog_name)s | Where-Object { $_ } | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            $typed = $value
            if ($value -match "\\s") { $typed = "'" + $value.Replace("'", "''") + "'" }
            [System.Management.Automation.CompletionResult]::new(
                $typed, $value, "ParameterValue", $help)
        }
    } finally {
        Remove-Item -ErrorAction SilentlyContinue `
            Env:COMP_WORDS, Env:COMP_CWORD, Env:%(complete_var)s
    }
}
"""


class PowerShellComplete(ShellComplete):
    """Asks with the words typed so far, and gives a line for each answer."""

    name = "powershell"
    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        typed = os.environ.get("COMP_CWORD", "")
        found = re.findall(_WORD, os.environ.get("COMP_WORDS", ""))
        words = ["".join(word) for word in found][1:]
        last = typed.strip("'\"")
        return (words[:-1] if words and last and words[-1] == last else words), last

    def complete(self) -> str:
        """The lines; none for a file, which PowerShell then finishes by itself."""
        args, typed = self.get_completion_args()
        found = self.get_completions(args, typed)
        plain = [item for item in found if item.type == "plain"]
        return "\n".join(map(self.format_completion, plain))

    def format_completion(self, item: CompletionItem) -> str:
        """The value, and after a tab what it is."""
        return f"{item.value}\t{item.help or ''}"
