"""XML attacks are refused before any parser sees them; what harmless feeds declare is not."""

from __future__ import annotations

from time import monotonic

import pytest

from adapters.wires.documents import entries
from adapters.wires.entry import Document, Unreadable

ITEM = "<rss version='2.0'><channel><item><title>{}</title></item></channel></rss>"

ATTACKS = {
    "billion laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
    + ITEM.format("&c;"),
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"x" * 5000}">]>' + ITEM.format("&a;" * 5000),
    "external": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + ITEM.format("&a;"),
    "external, other quotes": "<!DOCTYPE x [<!ENTITY a PUBLIC 'b' 'http://c.example/'>]>"
    + ITEM.format("&a;"),
    "parameters": "<!DOCTYPE x [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]>" + ITEM.format("&b;"),
    "cycle": '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + ITEM.format("&a;"),
    "many": "<!DOCTYPE x [" + "".join(f'<!ENTITY e{n} "x">' for n in range(999)) + "]>" + ITEM.format("&e1;"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_at_once(name: str, encoding: str) -> None:
    start = monotonic()
    with pytest.raises(Unreadable, match="refused"):
        entries(Document(ATTACKS[name].encode(encoding)))
    assert monotonic() - start < 1


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ENTITY agency "وكالة">]>',
        '<!DOCTYPE rss [<!ENTITY % latin PUBLIC "-//W3C//ENTITIES Latin 1//EN" "latin.ent"> %latin;]>',
    ],
)
def test_what_harmless_feeds_declare_passes(doctype: str) -> None:
    assert [entry.title for entry in entries(Document((doctype + ITEM.format("خبر")).encode()))] == ["خبر"]


def test_a_short_entity_is_read() -> None:
    text = '<!DOCTYPE rss [\n<!ENTITY agency "وكالة">\n]>\n' + ITEM.format("&agency; موجز")
    assert entries(Document(text.encode()))[0].title == "وكالة موجز"
