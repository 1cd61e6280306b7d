"""Arabic letters, signs and ranges by name: the one module whose strings are Arabic. Words live in config/.

Letters that join a word are used by their own name: WAW and FEH "and", BEH "in", LAM "for", KAF "like", SEEN
"will". Ranges and sets are written for the inside of a character class.
"""

from __future__ import annotations

HAMZA = "\N{ARABIC LETTER HAMZA}"
ALEF = "\N{ARABIC LETTER ALEF}"
BEH = "\N{ARABIC LETTER BEH}"
TEH_MARBUTA = "\N{ARABIC LETTER TEH MARBUTA}"  # the feminine ending as wires write it; folded, it is HEH
TEH = "\N{ARABIC LETTER TEH}"
REH = "\N{ARABIC LETTER REH}"
SEEN = "\N{ARABIC LETTER SEEN}"
FEH = "\N{ARABIC LETTER FEH}"
KAF = "\N{ARABIC LETTER KAF}"
LAM = "\N{ARABIC LETTER LAM}"
MEEM = "\N{ARABIC LETTER MEEM}"
NOON = "\N{ARABIC LETTER NOON}"
HEH = "\N{ARABIC LETTER HEH}"
WAW = "\N{ARABIC LETTER WAW}"
YEH = "\N{ARABIC LETTER YEH}"
ALEF_MAKSURA = "\N{ARABIC LETTER ALEF MAKSURA}"
TANWIN = "\N{ARABIC FATHATAN}"  # over the alef of an indefinite object

AL = ALEF + LAM  # the article
LIL = LAM + LAM  # "for the": the article's alef falls away
DUAL = ALEF + NOON
PLURAL = (WAW + NOON, YEH + NOON)  # of a sound masculine, in its two cases

COMMA = "\N{ARABIC COMMA}"
SEMICOLON = "\N{ARABIC SEMICOLON}"
QUESTION = "\N{ARABIC QUESTION MARK}"
DECIMAL = "\N{ARABIC DECIMAL SEPARATOR}"
THOUSANDS = "\N{ARABIC THOUSANDS SEPARATOR}"
TATWEEL = "\N{ARABIC TATWEEL}"  # draws a word out; wires put it for a dash as well
LETTER_MARK = "\N{ARABIC LETTER MARK}"  # an invisible direction mark

#: The letters of Arabic words; tatweel and a few letters of other languages stand among them.
LETTERS = f"{HAMZA}-{YEH}"
#: The same without those.
PLAIN_LETTERS = f"{HAMZA}-\N{ARABIC LETTER GHAIN}{FEH}-{YEH}"
#: The block's first and last characters.
BLOCK_FIRST, BLOCK_LAST = "\N{ARABIC NUMBER SIGN}", "\N{ARABIC LETTER HEH WITH INVERTED V}"
#: Signs over and under letters: honorifics, vowels, the small alef, Koranic marks.
MARKS = (
    "\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}-\N{ARABIC SMALL KASRA}"
    f"{TANWIN}-\N{ARABIC WAVY HAMZA BELOW}"
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
    "\N{ARABIC SMALL HIGH LIGATURE SAD WITH LAM WITH ALEF MAKSURA}-\N{ARABIC SMALL LOW MEEM}"
)
#: Presentation forms: of letters alone, and with the signs that stand for a whole phrase or a currency.
_FORMS_B = "\N{ARABIC FATHATAN ISOLATED FORM}-\N{ARABIC LIGATURE LAM WITH ALEF FINAL FORM}"
_FORMS_A = "\N{ARABIC LETTER ALEF WASLA ISOLATED FORM}"
LETTER_FORMS = f"{_FORMS_A}-\N{ARABIC LIGATURE SALLA ISOLATED FORM}{_FORMS_B}"
FORMS = f"{_FORMS_A}-\N{ARABIC LIGATURE AZZA WA JALL}{_FORMS_B}"
