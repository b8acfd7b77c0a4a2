"""Judging versions by what is new in them comes to the same as judging them whole."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.pupils import Kind
from benchmarks.pupils import Pupil
from sencli.store.text.dump import dumps
from sencli.store.text.fitting import Fitting
from sencli.store.text.pieces import Pieces
from sencli.store.text.schema import fits

KIND = Kind(30, "AB", ("A01",), 1.0, 0.3)


def places(value):
    """Every dict within."""
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from places(child)
    elif isinstance(value, list):
        for child in value:
            yield from places(child)


def worse(rng, record):
    """The record with something done to one place in it."""
    changed = copy.deepcopy(record)
    place = rng.choice(list(places(changed)))
    name = rng.choice([*place])
    match rng.randrange(4):
        case 0:
            del place[name]
        case 1:
            place[name] = {"x": 1}
        case 2:
            place["stranger"] = "x"
        case _:
            place[name] = "2026-01-02"
    return changed


@settings(deadline=None, max_examples=5)
@given(st.randoms(use_true_random=False))
def test_the_same_verdicts(rng):
    record = Pupil(KIND, 0, "p7k2q", 3).record()
    fitting, pieces = Fitting("pupil"), Pieces("pupils/p7k2q.yaml")
    verdicts = []
    for _ in range(40):
        version = record if rng.random() < 0.3 else worse(rng, record)
        read = pieces.load(dumps(version, "pupil").encode())
        verdicts.append(fitting.fits(read))
        assert verdicts[-1] == fits(read, "pupil")


def test_what_fits_in_one_list_need_not_fit_in_another():
    record = Pupil(KIND, 0, "p7k2q", 3).record()
    cycle = next(c for c in record["cycles"] if c.get("do", {}).get("sessions"))
    log = cycle["do"]
    moved = {**log, "measurements": [*log.get("measurements", ()), log["sessions"][0]]}
    cycles = [{**c, "do": moved} if c is cycle else c for c in record["cycles"]]
    fitting = Fitting("pupil")
    assert fitting.fits(record)
    assert not fitting.fits({**record, "cycles": cycles})
    assert fitting.fits(record)


def test_lists_of_objects_ask_nothing_of_neighbours():
    """What the way of judging stands on."""
    from sencli.resources import load_schema

    for name in ("pupil", "school", "provisions", "groups"):
        for part in places(load_schema(name)):
            if part.get("type") == "array" and "x-key" in part:
                asked = {"uniqueItems", "minItems", "contains", "prefixItems"}
                assert not asked & set(part)
