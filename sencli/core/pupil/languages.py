"""Home languages by their DfE code: those that schools in England meet most."""

from __future__ import annotations

import re

from sencli.core.text.folding import fold
from sencli.errors import InvalidValue

LANGUAGES = {
    "ENG": "English",
    "ENB": "Believed to be English",
    "OTB": "Believed to be other than English",
    "NOT": "Not yet obtained",
    "REF": "The family would rather not say",
    "AKA": "Akan",
    "ALB": "Albanian",
    "AMR": "Amharic",
    "ARA": "Arabic",
    "BEL": "Belarusian",
    "BNG": "Bengali",
    "BSL": "British Sign Language",
    "BUL": "Bulgarian",
    "CHI": "Chinese",
    "CZE": "Czech",
    "DUT": "Dutch",
    "EST": "Estonian",
    "FRN": "French",
    "GER": "German",
    "GRE": "Greek",
    "GUJ": "Gujarati",
    "HEB": "Hebrew",
    "HIN": "Hindi",
    "HGR": "Hungarian",
    "IGB": "Igbo",
    "ITA": "Italian",
    "JPN": "Japanese",
    "KOR": "Korean",
    "KUR": "Kurdish",
    "LIN": "Lingala",
    "LIT": "Lithuanian",
    "LTV": "Latvian",
    "MLY": "Malayalam",
    "MAR": "Marathi",
    "NEP": "Nepali",
    "PAT": "Pashto",
    "PNJ": "Panjabi",
    "POL": "Polish",
    "POR": "Portuguese",
    "PRS": "Persian",
    "RMN": "Romani",
    "ROM": "Romanian",
    "RUS": "Russian",
    "SHO": "Shona",
    "SLO": "Slovak",
    "SOM": "Somali",
    "SPA": "Spanish",
    "SWA": "Swahili",
    "TAM": "Tamil",
    "TEL": "Telugu",
    "TGR": "Tigrinya",
    "TGL": "Tagalog",
    "THA": "Thai",
    "TUR": "Turkish",
    "TWI": "Twi",
    "UKR": "Ukrainian",
    "URD": "Urdu",
    "VIE": "Vietnamese",
    "WEL": "Welsh",
    "YOR": "Yoruba",
}
_ALSO = {
    "punjabi": "PNJ",
    "bangla": "BNG",
    "farsi": "PRS",
    "filipino": "TGL",
    "greek cypriot": "GRE",
    "mandarin": "CHI",
    "cantonese": "CHI",
    "pushto": "PAT",
    "pashtu": "PAT",
    "roma": "RMN",
    "romany": "RMN",
    "sign language": "BSL",
}
_CODE = (3, 4)
_TAGS = {
    "ENG": "en",
    "AKA": "ak",
    "ALB": "sq",
    "AMR": "am",
    "ARA": "ar",
    "BEL": "be",
    "BNG": "bn",
    "BSL": "bfi",
    "BUL": "bg",
    "CHI": "zh",
    "CZE": "cs",
    "DUT": "nl",
    "EST": "et",
    "FRN": "fr",
    "GER": "de",
    "GRE": "el",
    "GUJ": "gu",
    "HEB": "he",
    "HIN": "hi",
    "HGR": "hu",
    "IGB": "ig",
    "ITA": "it",
    "JPN": "ja",
    "KOR": "ko",
    "KUR": "ku",
    "LIN": "ln",
    "LIT": "lt",
    "LTV": "lv",
    "MLY": "ml",
    "MAR": "mr",
    "NEP": "ne",
    "PAT": "ps",
    "PNJ": "pa",
    "POL": "pl",
    "POR": "pt",
    "PRS": "fa",
    "RMN": "rom",
    "ROM": "ro",
    "RUS": "ru",
    "SHO": "sn",
    "SLO": "sk",
    "SOM": "so",
    "SPA": "es",
    "SWA": "sw",
    "TAM": "ta",
    "TEL": "te",
    "TGR": "ti",
    "TGL": "tl",
    "THA": "th",
    "TUR": "tr",
    "TWI": "tw",
    "UKR": "uk",
    "URD": "ur",
    "VIE": "vi",
    "WEL": "cy",
    "YOR": "yo",
}
"""The BCP 47 tag of each DfE code, by which a page marks its language."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_of(typed: str) -> tuple[str, str]:
    """The language in words, and its code; "" where we know none.

    Raises:
        InvalidValue: a code alone that we do not know, so that nobody could read it.
    """
    want = fold(typed)
    code = want.upper()
    if code in LANGUAGES:
        return LANGUAGES[code], code
    for known, words in LANGUAGES.items():
        if fold(words) == want:
            return words, known
    if want in _ALSO:
        return typed[:1].upper() + typed[1:], _ALSO[want]
    if typed.isupper() and typed.isalpha() and len(typed) in _CODE:
        raise InvalidValue(
            f"{typed} is not a language code that sencli knows.",
            f"Give the language in words and its code beside it: LANGUAGE --code "
            f"{typed}",
        )
    return typed[:1].upper() + typed[1:], ""


def tag_of(spoken: str) -> str:
    """The BCP 47 tag of a language as a record has it, or "".

    Args:
        spoken: in words, or as a code: ``Urdu``, ``URD``, ``ur``.
    """
    words = spoken.strip()
    if _TAG.fullmatch(words) and (len(words) <= len("cym") or "-" in words):
        return words
    try:
        return _TAGS.get(language_of(words)[1], "")
    except InvalidValue:
        return ""


def name_of(tag: str) -> str:
    """The name of a language by its BCP 47 tag, or ""."""
    codes = (code for code, known in _TAGS.items() if known == tag)
    return LANGUAGES.get(next(codes, ""), "")
