"""json: the data, or the View itself, always valid and always UTF-8."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.formats import render
from sencli.formats.json_ import _indented
from sencli.formats.json_ import dumps
from sencli.safe import is_control
from tests.formats.views import DAY
from tests.formats.views import OAK
from tests.formats.views import one_of_each
from tests.formats.views import provision_map


def test_data_is_printed_in_place_of_the_view() -> None:
    view = View("t", OAK, DAY, (), data=[{"id": "p7k2q"}])
    assert json.loads(render([view], "json")) == [{"id": "p7k2q"}]
    assert json.loads(render([view, view], "json")) == [view.data, view.data]


def test_rows_of_a_table_are_objects_by_field_name() -> None:
    (table,) = json.loads(render([provision_map(1)], "json"))["blocks"]
    assert table["type"] == "table"
    assert table["rows"][0]["cost_pence"] == 7425
    assert table["rows"][0]["from"] == "2025-09-22"
    assert table["totals"][0]["name"] == "Total"


def test_every_block_is_there() -> None:
    view, words = one_of_each()
    made = render([view], "json").decode()
    assert [word for word in words if word not in made] == [view.labels["printed"]]
    kinds = {block["type"] for block in json.loads(made)["blocks"]}
    assert kinds >= {"heading", "text", "table", "chart", "quote", "sign", "keep"}


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_read_back(text: str) -> None:
    made = dumps({"t": text})
    assert json.loads(made) == {"t": text}
    assert not any(map(is_control, made.decode().replace("\n", "")))


def test_what_json_has_no_word_for_is_null() -> None:
    assert json.loads(dumps([float("nan"), float("inf"), 1.5])) == [None, None, 1.5]


LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.dates()
NAMES = st.text() | st.integers() | st.booleans() | st.none()
PLAIN = st.text('ab ü🙂"\\/', max_size=5)


@settings(deadline=None, max_examples=100)
@given(
    st.recursive(
        LEAVES | st.floats(allow_nan=False, allow_infinity=False) | PLAIN,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(inner, max_size=3).map(tuple)
            | st.dictionaries(NAMES, inner, max_size=4)
        ),
    )
)
def test_it_is_laid_out_as_python_does(data: object) -> None:
    want = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    assert _indented(data, "\n") == want


def test_a_view_without_data_has_its_frame() -> None:
    made = json.loads(render([View("T", OAK, DAY, (Text("x"),))], "json"))
    assert made["title"] == "T"
    assert made["school"] == "Oak Primary School"
    assert made["blocks"] == [
        {
            "type": "text",
            "text": "x",
            "style": "normal",
            "lang": "",
            "label": "",
        }
    ]
