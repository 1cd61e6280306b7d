"""XML attacks by entities, refused before any parser sees them."""

from __future__ import annotations

import re

from adapters.wires.entry import Unreadable

#: What all entities of a document may expand to; feeds that declare any use them for a name or two.
MAX_EXPANSION = 100_000
#: XHTML's own sets have some 250.
MAX_ENTITIES = 300

_DECLARATION = re.compile(
    r"""<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s>"'%]+)\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<external>SYSTEM|PUBLIC))""",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&[^#\s;&]+;|%[^\s;%]+;")


def refuse_attacks(text: str) -> None:
    """Pass a document that declares no entities, or harmless ones. Raise Unreadable for the others.

    Harmless: short plain values. An external parameter entity (a DTD's own parts) passes too, since no
    parser of ours ever loads one.
    """
    if "<!ENTITY" not in text and "<!entity" not in text:
        return
    expansion = 0
    for number, found in enumerate(_DECLARATION.finditer(text)):
        if found["external"]:
            if not found["parameter"]:
                raise Unreadable("refused: it wants other files read into it (an external XML entity)")
            continue
        value = found["double"] or found["single"] or ""
        if found["parameter"] or _REFERENCE.search(value):
            raise Unreadable("refused: its XML entities are made of one another, as in an attack")
        expansion += len(value) * text.count(f"&{found['name']};")
        if expansion > MAX_EXPANSION or number >= MAX_ENTITIES:
            raise Unreadable("refused: its XML entities expand to far more than a feed, as in an attack")
