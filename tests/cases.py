"""One test of many small cases: each test of its own costs more than such a case."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from typing import Any

import pytest


def each_case(
    names: str | tuple[str, ...], cases: Iterable[Any], ids: object = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As ``pytest.mark.parametrize``, in one test that names every case that fails.

    For tests that take nothing but their case, and change nothing.
    """
    del ids
    named = names.replace(" ", "").split(",") if isinstance(names, str) else names
    listed = [case if len(named) > 1 else (case,) for case in cases]
    assert listed, names

    def wrap(test: Callable[..., None]) -> Callable[..., None]:
        def every(**given: Any) -> None:
            failed = []
            for case in listed:
                try:
                    test(**given, **dict(zip(named, case, strict=True)))
                except (AssertionError, pytest.fail.Exception) as fault:
                    failed.append(f"{ascii(case)[:300]}: {fault}")
                except Exception as fault:
                    fault.add_note(f"The case: {ascii(case)[:300]}")
                    raise
            assert not failed, "\n\n".join([f"{len(failed)} of {len(listed)}", *failed])

        for name in ("__name__", "__qualname__", "__module__", "__doc__"):
            setattr(every, name, getattr(test, name))
        return every

    return wrap
