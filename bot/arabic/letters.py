"""Arabic letters, signs and ranges by their Unicode names, as code holds no Arabic. Words live in config/.

Letters that join a word are used by their own name: WAW and FEH "and", BEH "in", LAM "for", KAF "like", SEEN
"will". Ranges and sets are written for the inside of a character class.
"""

from __future__ import annotations

from unicodedata import lookup as _named


def _span(first: str, last: str) -> str:
    """Write a range for the inside of a character class."""
    return f"{_named(first)}-{_named(last)}"


HAMZA = _named("ARABIC LETTER HAMZA")
ALEF = _named("ARABIC LETTER ALEF")
HAMZATED_ALEF = _named("ARABIC LETTER ALEF WITH HAMZA ABOVE")
BEH = _named("ARABIC LETTER BEH")
TEH_MARBUTA = _named("ARABIC LETTER TEH MARBUTA")  # the feminine ending as wires write it; folded, it is HEH
TEH = _named("ARABIC LETTER TEH")
REH = _named("ARABIC LETTER REH")
SEEN = _named("ARABIC LETTER SEEN")
AIN = _named("ARABIC LETTER AIN")
FEH = _named("ARABIC LETTER FEH")
KAF = _named("ARABIC LETTER KAF")
LAM = _named("ARABIC LETTER LAM")
MEEM = _named("ARABIC LETTER MEEM")
NOON = _named("ARABIC LETTER NOON")
HEH = _named("ARABIC LETTER HEH")
WAW = _named("ARABIC LETTER WAW")
YEH = _named("ARABIC LETTER YEH")
ALEF_MAKSURA = _named("ARABIC LETTER ALEF MAKSURA")
TANWIN = _named("ARABIC FATHATAN")  # over the alef of an indefinite object

AL = ALEF + LAM  # the article
LIL = LAM + LAM  # "for the": the article's alef falls away
DUAL = ALEF + NOON
PLURAL = (WAW + NOON, YEH + NOON)  # of a sound masculine, in its two cases

COMMA = _named("ARABIC COMMA")
SEMICOLON = _named("ARABIC SEMICOLON")
QUESTION = _named("ARABIC QUESTION MARK")
DECIMAL = _named("ARABIC DECIMAL SEPARATOR")
THOUSANDS = _named("ARABIC THOUSANDS SEPARATOR")
TATWEEL = _named("ARABIC TATWEEL")  # draws a word out; wires put it for a dash as well
LETTER_MARK = _named("ARABIC LETTER MARK")  # an invisible direction mark

#: The letters of Arabic words; tatweel and a few letters of other languages stand among them.
LETTERS = f"{HAMZA}-{YEH}"
#: The same without those.
PLAIN_LETTERS = _span("ARABIC LETTER HAMZA", "ARABIC LETTER GHAIN") + f"{FEH}-{YEH}"
#: The block's first and last characters.
BLOCK_FIRST, BLOCK_LAST = _named("ARABIC NUMBER SIGN"), _named("ARABIC LETTER HEH WITH INVERTED V")
#: Signs over and under letters: honorifics, vowels, the small alef, Koranic marks.
MARKS = (
    _span("ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM", "ARABIC SMALL KASRA")
    + _span("ARABIC FATHATAN", "ARABIC WAVY HAMZA BELOW")
    + _named("ARABIC LETTER SUPERSCRIPT ALEF")
    + _span("ARABIC SMALL HIGH LIGATURE SAD WITH LAM WITH ALEF MAKSURA", "ARABIC SMALL LOW MEEM")
)
#: Presentation forms: of letters alone, and with the signs that stand for a whole phrase or a currency.
_FORMS_A = "ARABIC LETTER ALEF WASLA ISOLATED FORM"
_FORMS_B = _span("ARABIC FATHATAN ISOLATED FORM", "ARABIC LIGATURE LAM WITH ALEF FINAL FORM")
LETTER_FORMS = _span(_FORMS_A, "ARABIC LIGATURE SALLA ISOLATED FORM") + _FORMS_B
FORMS = _span(_FORMS_A, "ARABIC LIGATURE AZZA WA JALL") + _FORMS_B
