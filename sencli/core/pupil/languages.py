"""Home languages by their DfE code: those that schools in England meet most."""

from __future__ import annotations

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
