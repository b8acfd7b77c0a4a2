"""Every document by name. Adding one is a module and a line here.

A module has ``build(records, setting, asked=None) -> tuple[View, ...]``: pure, the day
and all else it needs in the setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sencli.documents.setting import Setting
from sencli.documents.view import View
from sencli.errors import NotFound
from sencli.value import Value

LISTS = ("table", "text", "csv", "json", "md", "html", "pdf")
PAPERS = ("text", "html", "pdf", "md", "json")


class Document(Value):
    """A document that can be printed.

    Attributes:
        module: in ``sencli.documents``; imported when it is first used.
        help: one line on what it is and for whom.
        formats: those that it can take, the usual one first.
        each: whether each pupil has a page of their own; else one for all.
        options: of those of ``sen print`` for the whole school the ones that it takes;
            its module then has ``chosen(options) -> asked``.
    """

    module: str
    help: str
    formats: tuple[str, ...] = PAPERS
    each: bool = True
    options: tuple[str, ...] = ()

    def chosen(self, options: Mapping[str, Any]) -> Any:
        """What its ``build`` is asked, from the options that were given."""
        module: Any = import_module(f"sencli.documents.{self.module}")
        return module.chosen(options)

    def build(
        self, records: Sequence[Mapping[str, Any]], setting: Setting, asked: Any = None
    ) -> tuple[View, ...]:
        """The document of these pupils."""
        module: Any = import_module(f"sencli.documents.{self.module}")
        made: tuple[View, ...] = module.build(records, setting, asked)
        return made


DOCUMENTS: dict[str, Document] = {
    "register": Document(
        "register", "The SEN register, with counts.", LISTS, each=False
    ),
    "map": Document("provision_map", "The provision map, costed.", LISTS, each=False),
    "summary": Document("summary", "The parents' page: what we do and how it went."),
}


def document(name: str) -> Document:
    """The document of that name.

    Raises:
        NotFound: there is none; says which there are.
    """
    if name not in DOCUMENTS:
        raise NotFound(
            f"There is no document {name!r}.",
            f"There are: {', '.join(DOCUMENTS)}.",
        )
    return DOCUMENTS[name]
