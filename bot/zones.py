"""Time zones as readers name them: the IANA name, a city, or a country after "the time of"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.topics import plain

#: How alike a typed word and a name must be (difflib's ratio) to be offered: about one slip in four letters.
_ALIKE = 0.78
_WEEK = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone, as config/zones.py knows it."""

    name: str  #: IANA
    cities: Mapping[str, str] = field(default_factory=dict)  #: what it is called, by language
    others: tuple[str, ...] = ()  #: further cities that keep its time
    countries: tuple[str, ...] = ()  #: that keep one time, and this one
    workdays: tuple[int, ...] = _WEEK  #: ISO weekdays


class Zones:
    """All zones of this machine."""

    def __init__(self, zones: Iterable[Zone], prefixes: Iterable[str] = ()) -> None:
        """`prefixes` are words that stand before a place where its time is meant."""
        self._zones = {zone.name: zone for zone in zones}
        self._prefixes = tuple(f"{plain(prefix)} " for prefix in prefixes)
        self._cities: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        for zone in self._zones.values():
            for city in filter(None, (zone.name, *zone.cities.values(), *zone.others)):
                self._cities.setdefault(_folded(city), zone.name)
            for country in filter(None, zone.countries):
                self._countries.setdefault(_folded(country), zone.name)

    def __contains__(self, name: object) -> bool:
        return name in self._zones

    def __iter__(self) -> Iterator[str]:
        return iter(self._zones)

    def __len__(self) -> int:
        return len(self._zones)

    def find(self, typed: str) -> str | None:
        """Return the zone of a city, or of a country where words say that its time is meant."""
        wanted = _folded(typed)
        for prefix in self._prefixes:
            if wanted.startswith(prefix):
                place = plain(wanted.removeprefix(prefix))
                return self._cities.get(place) or self._countries.get(place)
        return self._cities.get(wanted)

    def suggest(self, typed: str) -> str | None:
        """Return the zone whose name, or the name of whose city, is most like a mistyped one."""
        near = difflib.get_close_matches(_folded(typed), self._cities, n=1, cutoff=_ALIKE)
        return self._cities[near[0]] if near else None

    def city(self, name: str, language: str) -> str:
        """Say where a zone is: its city in the reader's language, else the last part of its name."""
        zone = self._zones.get(name)
        return (zone.cities.get(language) if zone else None) or name.rpartition("/")[2].replace("_", " ")

    def workdays(self, name: str) -> tuple[int, ...]:
        """Return the ISO weekdays that people work where the zone is."""
        return self._zones[name].workdays if name in self._zones else _WEEK


def _folded(name: str) -> str:
    return plain(name.replace("/", " "))
