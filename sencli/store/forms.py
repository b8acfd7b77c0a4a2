"""The patterns of the schemas in words: what a value of that form looks like."""

from __future__ import annotations

_NAME_OF_FILE = "a file name of letters, figures, dots and dashes, like report-1.pdf"
_KEY = "small letters, figures and dashes, like precision-teaching"

# each blank by its number: what \s covers differs from one validator to the other
_BLANK = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

_FORMS = {
    "^p[a-z0-9]{4,7}$": "p and four to seven small letters or figures, like p7k2q",
    "^[a-z][a-z0-9]{3,7}$": "four to eight small letters or figures, like o8fd",
    "^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$": (
        "a capital letter (not I, O or S) and 12 figures, like P999900024001"
    ),
    "^[0-9a-f]{64}$": "a fingerprint of 64 figures and letters a to f",
    "^[0-9]{10}$": "ten figures in quotes, like '9990000001'",
    "^[0-9]{6}$": "six figures in quotes, like '999999'",
    "^[0-9]{4}$": "four figures in quotes, like '9999'",
    "^[0-9]{3}$": "three figures in quotes, like '999'",
    "^[a-z0-9]+(-[a-z0-9]+)*$": _KEY,
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": "a time in quotes, like '09:30'",
    "^[A-Za-z0-9][A-Za-z0-9._-]*$": _NAME_OF_FILE,
    "^[0-9A-Za-z-]{8,64}$": "a check code, like 7Q2K-M4XD-0C5T-9BRH",
    "^[A-Z][0-9]{1,3}$": "the code of a rule, like R12",
    "^#[0-9a-fA-F]{6}$": "a colour, like '#1f4e79'",
    "^[A-Za-z][A-Za-z0-9]{0,7}$": "one to eight letters or figures, like KM or TA2",
    "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": "a month and a day, like '02-15'",
    "^[a-z]{2}(-[A-Z]{2})?$": "a language, like en or en-GB",
    "^[^\\n\\r]*$": "text on one line",
    f"^[^{_BLANK}]([^\\n\\r]*[^{_BLANK}])?$": (
        "text on one line, without blanks at its ends"
    ),
}


def form(pattern: str) -> str:
    """The pattern in words; the pattern itself where nobody has put it in words."""
    return _FORMS.get(pattern, f"of the form {pattern}")


def in_words(pattern: str) -> bool:
    """Whether there are words for the pattern."""
    return pattern in _FORMS
