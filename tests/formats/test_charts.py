"""The geometry of charts: true spacing, gaps, flat lines, black-and-white marks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.documents.view import Chart
from sencli.documents.view import Series
from sencli.formats.charts import draw
from sencli.formats.charts.canvas import breadth
from sencli.formats.charts.scale import axis_of

BLUE = "#1f4e79"


def items(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [item for item in draw(chart, BLUE)["items"] if item["is"] == kind]


def texts(chart: Chart) -> list[str]:
    return [item["text"] for item in items(chart, "text")]


def line_chart(values: tuple[float | None, ...], **more: Any) -> Chart:
    labels = tuple(f"L{at}" for at in range(len(values)))
    return Chart("line", labels, (Series("s", values),), "alt", **more)


def strokes(chart: Chart) -> list[dict[str, Any]]:
    return [line for line in items(chart, "line") if line["width"] == 1.4]


def test_x_gives_true_spacing() -> None:
    marks = items(line_chart((1, 2, 3), x=(0, 10, 100)), "mark")
    places = [mark["x"] for mark in marks if mark["y"] > 10]
    first, second, third = places[-3:]
    assert (third - second) / (second - first) == pytest.approx(9, rel=0.01)


def test_not_measured_leaves_a_gap() -> None:
    chart = line_chart((1, None, 3, 4))
    assert len(strokes(chart)) == 1
    assert len(items(chart, "mark")) == 3 + 1  # and one in the legend


def test_a_single_point_shows_with_its_value() -> None:
    chart = line_chart((5,))
    assert strokes(chart) == []
    assert "5" in texts(chart)


def test_equal_values_make_a_flat_line() -> None:
    heights = {line["y1"] for line in strokes(line_chart((5, 5, 5)))}
    assert len(heights) == 1


def test_the_target_is_dashed_and_named() -> None:
    chart = line_chart((22, 63), target=60, target_label="Target")
    assert [line for line in items(chart, "line") if line["dash"]]
    assert "Target 60" in texts(chart)


def test_a_scale_of_words_stands_on_the_axis() -> None:
    names = ((0, "not yet"), (1, "with a prompt"), (2, "alone"))
    assert {"not yet", "with a prompt", "alone"} <= set(
        texts(line_chart((0, 1), names=names))
    )


def test_first_and_last_label_stand_however_many_there_are() -> None:
    chart = Chart(
        "line",
        tuple(f"{day} September" for day in range(1, 31)),
        (Series("s", tuple(range(30))),),
        "alt",
    )
    assert {"1 September", "30 September"} <= set(texts(chart))


def test_series_differ_without_colour() -> None:
    chart = Chart("line", ("a", "b"), (Series("s", (1, 2)), Series("t", (2, 1))), "alt")
    shapes = {
        (mark["shape"], mark["fill"] == "#ffffff") for mark in items(chart, "mark")
    }
    assert len(shapes) == 2
    assert len({tuple(line["dash"]) for line in strokes(chart)}) == 2
    assert {"s", "t"} <= set(texts(chart))


def test_negative_bars_hang_from_nought() -> None:
    chart = Chart("bar", ("a", "b"), (Series("impact", (-2, 2)),), "alt", "impact")
    down, up = items(chart, "rect")
    assert down["y"] == pytest.approx(up["y"] + up["h"], abs=0.1)


def test_long_labels_lie_beside_their_bars() -> None:
    labels = tuple(f"Speech and language group {at}" for at in range(5))
    chart = Chart("bar", labels, (Series("s", (1, 2, 3, 4, 5)),), "alt", "s")
    assert set(labels) <= set(texts(chart))
    assert len({bar["x"] for bar in items(chart, "rect")}) == 1


def test_counts_begin_at_nought_and_scores_need_not() -> None:
    assert axis_of(line_chart((10, 30))).low == 0
    assert axis_of(line_chart((85, 92))).low > 50


def test_figures_too_near_each_other_for_a_step() -> None:
    axis = axis_of(line_chart((5e-324, 0)))
    assert (axis.low, axis.high) == (0, 1)


VALUES = st.none() | st.floats(allow_nan=True, allow_infinity=True)


@settings(deadline=None, max_examples=200)
@example("line", ["a", "b"], [[0.0, 5e-324]], [], None)
@given(
    st.sampled_from(["line", "bar", "stack", "spark"]),
    st.lists(st.text(max_size=30), max_size=6),
    st.lists(st.lists(VALUES, max_size=7), max_size=3),
    st.lists(st.floats(allow_nan=True), max_size=6),
    VALUES,
)
def test_any_numbers_stay_in_the_picture(
    kind: Any,
    labels: list[str],
    series: list[list[float | None]],
    x: list[float],
    target: float | None,
) -> None:
    chart = Chart(
        kind,
        tuple(labels),
        tuple(Series("s", tuple(values)) for values in series),
        "alt",
        x=tuple(x),
        target=target,
    )
    made = draw(chart, BLUE)
    for item in made["items"]:
        for key in {"x", "x1", "x2"} & set(item):
            assert -1 <= item[key] <= made["width"] + 1
        for key in {"y", "y1", "y2"} & set(item):
            assert -1 <= item[key] <= made["height"] + 1


def test_words_of_the_target_stand_clear_of_the_lines() -> None:
    chart = Chart(
        "line",
        ("a", "b"),
        (Series("s", (40, 25)), Series("t", (30, 10))),
        "alt",
        target=35,
        target_label="Aim",
    )
    (aim,) = (item for item in items(chart, "text") if item["text"] == "Aim 35")
    assert aim["anchor"] == "end"


def test_each_part_of_a_bar_holds_its_count_and_nought_has_no_part() -> None:
    series = tuple(Series(name, (n,)) for name, n in (("a", 97), ("b", 0), ("c", 1)))
    chart = Chart("stack", ("Year",), series, "alt")
    assert [text for text in texts(chart) if text.isdigit()] == ["97", "1"]
    assert "of 98" in texts(chart)
    wide = [box["w"] for box in items(chart, "rect") if box["h"] > 10]
    assert len(wide) == 2
    assert min(wide) >= 12


def test_a_small_line_says_its_ends_and_keeps_their_order() -> None:
    chart = Chart("spark", ("then", "now"), (Series("s", (24, None, 22, 26)),), "alt")
    assert texts(chart) == ["24", "26", "then", "now"]
    assert [mark["x"] for mark in items(chart, "mark")] == sorted(
        mark["x"] for mark in items(chart, "mark")
    )


WORDS = st.text("abcdefghij mnoWM,-", max_size=60)
SERIES = st.integers(1, 4)
STEPS = st.lists(WORDS, min_size=2, max_size=9).map(lambda w: tuple(enumerate(w)))


@st.composite
def any_chart(draw_: st.DrawFn) -> Chart:
    names = draw_(st.just(()) | STEPS)
    most = len(names) - 1 if names else draw_(st.sampled_from([3, 100, 99_999]))
    count = draw_(st.integers(1, 14))
    value = st.none() | st.integers(0, most)
    values = st.lists(value, min_size=count, max_size=count).map(tuple)
    return Chart(
        draw_(st.sampled_from(["line", "bar", "stack", "spark", "course"])),
        tuple(draw_(st.lists(WORDS, min_size=count, max_size=count))),
        tuple(Series(draw_(WORDS), draw_(values)) for _ in range(draw_(SERIES))),
        "alt",
        x=tuple(range(count)),
        target=draw_(value),
        target_label=draw_(WORDS),
        names=names,
        until=draw_(st.sampled_from([None, 20.0])),
        until_label=draw_(WORDS),
    )


@settings(deadline=None, max_examples=150)
@given(any_chart())
def test_no_words_fall_out_of_the_picture_or_over_others(chart: Chart) -> None:
    made = draw(chart, BLUE)
    places = []
    for item in (item for item in made["items"] if item["is"] == "text"):
        wide = breadth(item["text"])
        left = item["x"] - {"start": 0, "middle": wide / 2, "end": wide}[item["anchor"]]
        assert left >= -1
        assert left + wide <= made["width"] + 1
        assert 3 <= item["y"] <= made["height"] - 3
        for start, end, y in places:
            assert abs(item["y"] - y) > 5 or left > end - 1 or left + wide < start + 1
        places.append((left, left + wide, item["y"]))


def test_a_long_step_of_a_scale_takes_two_lines() -> None:
    long = "on her own in class, without a prompt from anybody else there"
    chart = line_chart((0, 1), names=((0, "not yet"), (1, long)))
    said = texts(chart)
    assert long not in said
    assert " ".join(said[said.index("not yet") + 1 :][:2]) == long


def test_a_figure_under_a_bar_leaves_the_label_its_room() -> None:
    chart = Chart("bar", ("a", "b"), (Series("s", (-2, 2)),), "alt", "s")
    assert {"a", "b", "-2", "2"} <= set(texts(chart))
