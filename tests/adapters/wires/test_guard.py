"""A feed never leads to where only this machine can go."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address, ip_network

import httpx
import pytest

from adapters.wires.fetch import Web
from adapters.wires.guard import GuardedTransport, Network, Resolve, is_public
from adapters.wires.http import HttpFeed
from bot.errors import SourceError
from tests.adapters.wires.builders import AGENCY, Memory, answer, read, read_here, rss

PRIVATE = [
    "127.0.0.1", "127.9.9.9", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fc00::1", "fd00:ec2::254", "ff02::1",
    "fec0::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a00:1::1", "2001:0:0:0:0:0:80ff:fffe", "2001:db8::1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700::1111",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


def names(**table: list[str]) -> Resolve:
    async def resolve(host: str) -> list[str]:
        return table.get(host.partition(".")[0]) or [numeric(host)]

    return resolve


def numeric(host: str) -> str:
    """Read a host that is a number in any of the ways the system's resolver does."""
    return host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))


class Net:
    """A network that answers everything and remembers who was asked."""

    def __init__(self, *, redirect: str = "") -> None:
        self.asked: list[tuple[str, str, str]] = []
        self._redirect = redirect

    def __call__(self, request: httpx.Request) -> httpx.Response:
        sni = str(request.extensions["sni_hostname"])
        self.asked.append((request.url.host, request.headers["host"], sni))
        if self._redirect and len(self.asked) == 1:
            return httpx.Response(302, headers={"location": self._redirect})
        return answer(rss())


def source(
    net: Callable[[httpx.Request], httpx.Response], resolve: Resolve, url: str, *allowed: Network
) -> HttpFeed:
    transport = GuardedTransport(httpx.MockTransport(net), allowed, resolve)
    feed = AGENCY.__class__("agency", "وكالة", url=url)
    return HttpFeed(feed, Web(httpx.AsyncClient(transport=transport)), Memory(), read_here)


async def test_the_checked_address_is_the_one_connected_to() -> None:
    net = Net()
    assert len(await read(source(net, names(wire=["93.184.216.34"]), "https://wire.example/rss"))) == 3
    assert net.asked == [("93.184.216.34", "wire.example", "wire.example")]


async def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    net = Net()
    with pytest.raises(SourceError, match="not public"):
        await read(source(net, names(wire=["93.184.216.34", "10.0.0.1"]), "https://wire.example/rss"))
    assert net.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/",
        "http://017700000001/", "http://0/", "http://[::ffff:169.254.169.254]/", "http://[64:ff9b::a9fe:a9fe]/",
        "http://wire.example@169.254.169.254/", "http://user:pass@127.0.0.1:80/", "http://127.0.0.1#wire.example/",
        "http://wire.example:80@127.0.0.1/", "http://127.0.0.1\\@wire.example/", "http://rebind.example/",
        "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://wire.example/", "//127.0.0.1/", "http://", "http:///x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("redirected", [False, True])
async def test_no_spelling_leads_inside(url: str, redirected: bool) -> None:  # noqa: FBT001 - a parameter of a table
    net = Net(redirect=url) if redirected else Net()
    resolve = names(wire=["93.184.216.34"], rebind=["127.0.0.1"])
    first = "http://wire.example/rss" if redirected else url
    try:
        await read(source(net, resolve, first))
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017 - a spelling may also lead outside, which is harmless
    assert all(is_public(ip_address(host)) for host, _, _ in net.asked)


async def test_a_name_that_changes_its_answer_is_checked_again() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    async def resolve(_: str) -> list[str]:
        return next(answers)

    net = Net(redirect="/again")
    with pytest.raises(SourceError, match=r"leads to 127\.0\.0\.1"):
        await read(source(net, resolve, "http://wire.example/rss"))
    assert len(net.asked) == 1


async def test_the_operator_may_allow_a_network() -> None:
    net = Net()
    allowed = ip_network("10.0.0.0/8")
    assert len(await read(source(net, names(wire=["10.1.2.3"]), "http://wire.example/rss", allowed))) == 3


async def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    def net(request: httpx.Request) -> httpx.Response:
        if request.url.host == "2606:4700::1111":
            raise httpx.ConnectError("no route", request=request)
        return answer(rss())

    resolve = names(wire=["2606:4700::1111", "93.184.216.34"])
    assert len(await read(source(net, resolve, "http://wire.example/rss"))) == 3


async def test_an_unknown_name_is_one_sentence() -> None:
    async def resolve(_: str) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(SourceError, match=r"cannot reach wire\.example: no such host"):
        await read(source(Net(), resolve, "http://wire.example/rss"))
