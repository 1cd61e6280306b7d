"""Where a feed may lead: public addresses only, and the address that was checked is the one we connect to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str], Awaitable[list[str]]]  #: a host to its addresses; raises OSError

#: IPv6 prefixes that carry an IPv4 address in their last 32 bits: NAT64 (RFC 6052) and IPv4-compatible.
_CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
#: Global by Python's tables, yet not for us: Azure's metadata host; the IETF's block, with Oracle's in it;
#: NAT64 for private use (RFC 8215); site-local (RFC 3879).
_REFUSED: tuple[Network, ...] = (
    IPv4Network("168.63.129.16/32"),
    IPv4Network("192.0.0.0/24"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("fec0::/10"),
)


class PrivateAddress(httpx.TransportError):
    """The host leads to an address that is not public and not allowed."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Resolves a request's host once, checks every address, and connects to the checked ones only.

    Each redirect is a request of its own and is checked again. `allowed` networks are the operator's word.
    """

    def __init__(
        self, inner: httpx.AsyncBaseTransport, allowed: Iterable[Network] = (), resolve: Resolve | None = None
    ) -> None:
        self._inner = inner
        self._allowed = tuple(allowed)
        self._resolve = resolve or _resolve

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the first of its host's addresses that answers."""
        failure: httpx.TransportError | None = None
        for address in await self._checked(request.url.host):
            try:
                return await self._inner.handle_async_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure or httpx.ConnectError("the name has no address")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    async def _checked(self, host: str) -> list[Address]:
        try:
            addresses = [ip_address(found.partition("%")[0]) for found in await self._resolve(host)]
        except OSError as error:
            raise httpx.ConnectError(f"no such host ({error.strerror or error})") from None
        for address in addresses:
            if not (is_public(address) or any(address in network for network in self._allowed)):
                raise PrivateAddress(str(address))
        return addresses


def is_public(address: Address) -> bool:
    """Whether an address, or the IPv4 address inside an IPv6 one, belongs to the public internet."""
    inner = _carried(address) if isinstance(address, IPv6Address) else None
    if inner is not None:
        return is_public(inner)
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _REFUSED)
    )


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in _CARRIERS):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _pinned(request: httpx.Request, address: Address) -> httpx.Request:
    """Write the address into the request; its Host header and its TLS name stay the host's."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


async def _resolve(host: str) -> list[str]:
    # The system's own resolver also reads numbers ("2130706433", "0x7f.1"), so those are checked like names.
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]
