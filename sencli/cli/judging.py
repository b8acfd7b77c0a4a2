"""The rules of the Code, as the check of the files asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.types import Record
from sencli.store.check import Problem
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.rules import Judge


class Judging(Value):
    """Judges one record after another; another process can have it too.

    Attributes:
        school: the school.
        provisions: the catalogue.
        day: ISO date on which the records are judged.
        as_at: whether what is dated after the day is left out.
        only: ids of the pupils to judge; empty is everybody.
        codes: codes of the rules to ask; empty is all.
        whole: whether this is all of the school; of a part, what seems to be missing
            is not told.
    """

    school: Record
    provisions: Record
    day: str
    as_at: bool = False
    only: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    whole: bool = True

    def __getstate__(self) -> dict[str, Any]:
        """Without the rules themselves: the other process has its own."""
        return {k: v for k, v in self.__dict__.items() if k != "_made"}

    def _judge(self) -> Judge:
        if "_made" not in self.__dict__:
            from sencli.core.statutory import BankHolidays
            from sencli.rules import RULES
            from sencli.rules import Judge

            self.__dict__["_made"] = Judge(
                self.school,
                self.day,
                provisions=self.provisions,
                rules=[r for r in RULES if not self.codes or r.code in self.codes],
                bank_holidays=BankHolidays(),
            )
        made: Judge = self.__dict__["_made"]
        return made

    def __call__(self, record: Record) -> Iterator[Problem]:
        """What the rules find, each as a problem without its line."""
        pupil_id = str(record["id"])
        if self.only and pupil_id not in self.only:
            return
        judge = self._judge()
        seen = self._on_the_day(record)
        of_school = judge.of_school(seen) if self.whole else ()
        for finding in (*judge.findings(seen), *of_school):
            path = finding.path
            if seen is not record and not finding.file:
                path = self._in_file(path, seen, record)
            yield Problem(
                file=finding.file,
                line=0,
                pupil_id="" if finding.file else pupil_id,
                path=path,
                message=finding.message,
                mend=finding.mend,
                code=finding.code,
                level=finding.level,
                answer=finding.excepted,
            )

    def _on_the_day(self, record: Record) -> Record:
        if not self.as_at:
            from sencli.core.ahead import done_by

            return done_by(record, self.day)
        from sencli.core.asat import as_at
        from sencli.store.schema import document

        return as_at(record, self.day, document("pupil"))

    def _in_file(
        self, path: tuple[str | int, ...], seen: Record, record: Record
    ) -> tuple[str | int, ...]:
        from sencli.core.place_name import same_place
        from sencli.store.schema import document

        return same_place(path, seen, record, document("pupil"))
