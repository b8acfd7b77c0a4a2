"""Small numbers stay withheld, whatever is worked out from the rest."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.reports import small_numbers

SMALL = 3


def rows_like(shown, most):
    """Every row of counts that agrees with what is shown of it."""
    *body, total = shown
    choices = [range(most + 1) if count is None else (count,) for count in body]
    return [row for row in product(*choices) if total in (None, sum(row))]


def solutions(shown, most):
    """Every table of counts that agrees with all that is shown."""
    *body, foot = shown
    for rows in product(*(rows_like(row, most) for row in body)):
        columns = [sum(column) for column in zip(*rows, strict=True)]
        pairs = zip(foot, [*columns, sum(columns)], strict=True)
        if all(have in (None, total) for have, total in pairs):
            yield [list(row) for row in rows]


TABLES = st.tuples(st.integers(1, 3), st.integers(1, 2)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 4), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


@given(TABLES)
@settings(deadline=None, max_examples=100)
def test_no_small_count_can_be_worked_out(cells):
    shown = small_numbers.table(cells, SMALL)
    found = list(solutions(shown, 5))
    assert cells in found
    for i, row in enumerate(cells):
        for j, count in enumerate(row):
            if 0 < count < SMALL:
                assert shown[i][j] is None
                assert len({rows[i][j] for rows in found}) > 1, (shown, i, j)


def test_no_more_is_withheld_than_it_takes():
    shown = small_numbers.table([[26, 4], [25, 5]], 5)
    assert shown == ((None, None, 30), (None, None, 30), (51, 9, 60))


def test_tables_of_the_same_pupils_withhold_the_same_totals():
    by_sex = small_numbers.table([[12, 1], [9, 2]], 5)
    by_year = small_numbers.table([[7, 3], [8, 0], [6, 0]], 5)
    assert by_sex[-1] == by_year[-1] == (None, None, 24)


@given(TABLES)
@settings(deadline=None, max_examples=200)
def test_what_is_shown_is_true_and_never_small(cells):
    shown = small_numbers.table(cells, SMALL)
    full = [[*row, sum(row)] for row in cells]
    full.append([sum(column) for column in zip(*full, strict=True)])
    for have, true in zip(shown, full, strict=True):
        for one, count in zip(have, true, strict=True):
            assert one in (None, count)
            assert one is None or one == 0 or one >= SMALL


def test_what_few_pupils_have_is_withheld_however_much_it_is():
    # three groups; of nine outcomes achieved in the first, two pupils have all
    cells = [[9, 8], [12, 9], [20, 7]]
    heads = [[2, 6, 8], [7, 6, 9], [8, 5, 9], [17, 17, 26]]
    shown = small_numbers.table(cells, 5, heads)
    assert shown[0][0] is None
    assert shown[-1] == (41, 24, 65)
    found = list(solutions(shown, 25))
    assert len({rows[0][0] for rows in found}) > 1


@given(TABLES, st.data())
@settings(deadline=None, max_examples=60)
def test_no_count_of_few_pupils_can_be_worked_out(cells, data):
    """Each count stands for from one pupil up to as many as it is."""
    heads = [[data.draw(st.integers(min(1, n), n)) for n in row] for row in cells]
    heads = [[*row, sum(row)] for row in heads]
    heads.append([sum(column) for column in zip(*heads, strict=True)])
    shown = small_numbers.table(cells, SMALL, heads)
    found = list(solutions(shown, 5))
    assert cells in found
    for i, row in enumerate(cells):
        for j in range(len(row)):
            if 0 < heads[i][j] < SMALL:
                assert shown[i][j] is None
                assert len({rows[i][j] for rows in found}) > 1, (shown, i, j)


def test_a_pair_of_few_pupils_is_withheld():
    assert small_numbers.of_pupils((9, 6), (8, 5), 5) == (9, 8)
    assert small_numbers.of_pupils((9, 2), (8, 6), 5) == (None, None)
    assert small_numbers.of_pupils((0, 0), (8, 6), 5) == (0, 8)
