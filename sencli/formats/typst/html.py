"""html: one self-contained page that prints well from a browser."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sencli.formats.typst.compiler import NoTypstError
from sencli.formats.typst.text_runs import clean
from sencli.formats.typst.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import View
    from sencli.formats import RenderOptions


_WIDE = 90
_ARTICLE = "<article><pre>{}</pre></article>"
_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
article {{ break-after: page }}
pre {{ white-space: pre-wrap; font: 1rem/1.4 monospace }}
</style>
</head>
<body>
{articles}
</body>
</html>
"""


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """One page, each view an article that begins on paper of its own."""
    try:
        return typeset(views, "html", options)
    except NoTypstError:
        options.warn(
            "Typst is not installed here, so this is a plain page: the text without "
            "colours, charts or the school's logo."
        )
        return _plain(views)


def _plain(views: Sequence[View]) -> bytes:
    """The text of the views as a page, where nothing can set a better one."""
    from sencli.formats import RenderOptions as Wanted
    from sencli.formats import text

    pages = [text.write([view], Wanted(wide=_WIDE)).decode() for view in views]
    articles = "\n".join(
        f"<article><pre>{escape(one)}</pre></article>" for one in pages
    )
    title = escape(clean(views[0].title))
    return _PAGE.format(title=title, articles=articles).encode()
