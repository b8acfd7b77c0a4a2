"""A case has all of its history; two pages of paper have what matters most."""

from __future__ import annotations

import copy
from io import BytesIO

import pikepdf
import pytest

from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.pupil import case
from sencli.formats import render
from sencli.formats.typst.pdf import pages
from tests.documents.example import AMELIA
from tests.documents.example import setting


@pytest.fixture
def long_case():
    record = copy.deepcopy(AMELIA)
    record["meetings"] = [
        {
            "id": f"m{n:03}",
            "date": f"2025-{1 + n // 28:02}-{1 + n % 28:02}",
            "kind": "termly",
            "attended": ["parent", "pupil"],
        }
        for n in range(150)
    ]
    record["concerns"] = [
        {"id": "n9zz", "date": "2025-02-03", "concern": "A long worry " * 40 + "END"}
    ]
    return record


def told(record, fmt="text", **asked):
    return render(case.build([record], setting(), PaperRequest(**asked)), fmt).decode()


@pytest.mark.parametrize("fmt", ["text", "md", "json", "html"])
def test_nothing_is_dropped_or_cut_off_paper(long_case, fmt):
    said = told(long_case, fmt)
    assert said.count("Meeting (termly)") == 150
    assert "END" in said
    assert "Not shown" not in said


def test_what_matters_least_goes_first_and_is_named(long_case):
    said = told(long_case, entries=20)
    assert "Reviewed." in said
    assert "Plan made" in said
    assert "Status:" in said
    assert said.count("Meeting (termly)") < 20
    assert "Not shown, to keep to two pages:" in " ".join(said.split())
    assert " meetings (" in said


def test_a_page_is_counted_as_readers_count_it(long_case):
    data = render(case.build([long_case], setting(), PaperRequest()), "pdf")
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pages(data) == len(pdf.pages) > 2
