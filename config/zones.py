"""Load time zones: this machine's IANA ones, with the names of CLDR and of config/lexicon/ar/zones.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from bot.zones import Zone, Zones

FILE = Path(__file__).parent / "lexicon" / "ar" / "zones.tsv"
LANGUAGES = ("ar", "en", "fr")
#: Stands in the file for the words before a place that mean its time.
TIME_OF = "*"
UTC = "UTC"


def load_zones() -> Zones:
    """Return every zone of this machine by all its names. Raises OSError where the file is missing."""
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    listed = {zone: tuple(names) for zone, *names in (line.split("\t") for line in lines)}
    aliases: Mapping[str, str] = get_global("zone_aliases")
    cities = {language: _cities(language, aliases) for language in LANGUAGES}
    names = sorted(  # the name that counts goes before those it had
        (name for name in available_timezones() if "/" in name or name == UTC),
        key=lambda name: (name in aliases, name),
    )
    zones = [_zone(name, aliases.get(name, name), cities, *listed.get(name, ())) for name in names]
    return Zones(zones, listed[TIME_OF][0].split("|"))


def _cities(language: str, aliases: Mapping[str, str]) -> dict[str, str]:
    """Return CLDR's exemplar cities by the zones' present names."""
    zones = Locale(language).time_zones
    return {aliases.get(name, name): zone["city"] for name, zone in zones.items() if "city" in zone}


def _zone(
    name: str, canonical: str, cities: Mapping[str, Mapping[str, str]], others: str = "", short: str = ""
) -> Zone:
    place = name.rpartition("/")[2].replace("_", " ")  # CLDR names a city only where the name does not tell
    called = {language: cities[language].get(canonical, place) for language in LANGUAGES}
    country = get_global("zone_territories").get(canonical, "")
    countries = (*_countries(country, canonical), *short.split("|"))
    return Zone(name, called, tuple(others.split("|")), countries, _workdays(country))


def _countries(country: str, zone: str) -> tuple[str, ...]:
    """Return the names of a country that keeps this zone's time alone."""
    if get_global("territory_zones").get(country) != [zone]:
        return ()
    return tuple(Locale(language).territories[country] for language in LANGUAGES)


def _workdays(country: str) -> tuple[int, ...]:
    """Return the ISO weekdays outside a country's weekend; the world's where CLDR has no Arabic of it."""
    try:
        locale = Locale("ar", country)
    except UnknownLocaleError:
        locale = Locale("ar", "001")
    weekend = {locale.weekend_start + 1, locale.weekend_end + 1}
    return tuple(day for day in range(1, 8) if day not in weekend)
