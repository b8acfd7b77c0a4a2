"""Papers made and looked over, many of them by all cores."""

from __future__ import annotations

import pickle
from base64 import b64decode
from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sencli.cli.papers.hand_out import Counter
    from sencli.cli.papers.hand_out import Job
    from sencli.core.papers.plain_english import Remark
    from sencli.documents.view import View

    Made = tuple[View, list[Remark]]


def made(counter: Counter, jobs: Sequence[Job]) -> list[Made]:
    """The paper of each job, and what its reader would stumble over.

    Other processes hand theirs over as Python's own bytes: they are our children, and
    nobody else can write to the pipe.
    """
    from sencli.cli.papers.hand_out import Look
    from sencli.cli.shell.progress import progress
    from sencli.store.files.parallel import spread
    from sencli.store.files.parallel import workers

    look = Look(counter) if counter.guards else None
    for job in jobs:
        counter.setting(job.lang)  # what a language says of itself is said once, here

    def one(job: Job) -> Made:
        view = counter.view(job)
        return view, look(job.record, view) if look else []

    with progress("Writing papers", len(jobs)) as tick:
        if workers(len(jobs)) > 1:
            numbers = [str(number) for number in range(len(jobs))]
            found = spread(
                lambda n: b64encode(pickle.dumps(one(jobs[int(n)]))).decode(),
                numbers,
                tick,
            )
            return [pickle.loads(b64decode(text)) for text in found]
        papers = []
        for job in jobs:
            papers.append(one(job))
            if tick is not None:
                tick(1)
        return papers
