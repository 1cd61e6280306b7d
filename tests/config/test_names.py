"""The states of the lexicon are found by the names that CLDR gives them."""

from __future__ import annotations

from babel import Locale

from bot.arabic.text import fold
from config.names import load_names

#: Members of the United Nations that wires of the region name, and three that it does not hold.
CODES = [
    *("AE", "AF", "AO", "AR", "AT", "AU", "AZ", "BD", "BE", "BG", "BH", "BR", "CA", "CH"),
    *("CI", "CL", "CM", "CN", "CO", "CU", "CY", "DE", "DJ", "DK", "DZ", "EG", "ER", "ES"),
    *("ET", "FI", "FR", "GB", "GH", "GR", "HR", "HU", "ID", "IL", "IN", "IQ", "IR", "IT"),
    *("JO", "JP", "KE", "KM", "KW", "KZ", "LB", "LK", "LY", "MA", "MR", "MT", "MX", "MY"),
    *("NG", "NL", "NO", "NZ", "OM", "PE", "PH", "PK", "PL", "PT", "QA", "RO", "RS", "RU"),
    *("RW", "SA", "SD", "SE", "SG", "SN", "SO", "SS", "SY", "TD", "TH", "TN", "TR", "TZ"),
    *("UA", "UG", "US", "UZ", "VN", "YE", "ZA", "ZM", "ZW", "TW", "XK"),
]


def test_cldrs_name_of_each_state_is_found() -> None:
    names, territories = load_names(), Locale.parse("ar").territories
    missed = [
        code
        for code in CODES
        if [mention.party.kind for mention in names.mentions(fold(territories[code]))] != ["state"]
    ]
    assert missed == []


def test_people_and_pairs_speak_for_parties_of_the_lexicon() -> None:
    names = load_names()
    assert all(name.party.slug for name in names.lexicon.names)
    assert {"saudi-arabia", "morocco", "jordan", "bahrain"} <= {n.party.slug for n in names.lexicon.names}
