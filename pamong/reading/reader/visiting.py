"""Addresses given as evidence: where they lead, and whether anybody can open them. Visited only where the installation allows.

Nothing inside the network can be reached this way: every name is resolved first, every address must be a public one, and the
connection goes to that very address, at every step of a redirection.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urljoin, urlsplit

from pamong.evidence import links
from pamong.reading.facts import LinkFacts

SECONDS, STEPS = 10.0, 5
PORTS = {"http": 80, "https": 443}
_DRIVES = ("drive.google.com", "docs.google.com", "onedrive.live.com", "1drv.ms", "sharepoint.com", "dropbox.com", "mega.nz", "wetransfer.com", "icloud.com", "photos.app.goo.gl")  # fmt: skip
_SIGN_IN = ("accounts.google.com", "login.microsoftonline.com", "login.live.com")


class NotPublic(Exception):
    """The address lies inside a private network, or uses another port than the web's."""


def look(link: str, *, visit: bool) -> LinkFacts:
    """What can be said of ``link``; it is visited only if ``visit``."""
    if links.fault_of(link):
        return LinkFacts(_host(link), False, False)
    host = _host(link)
    known = LinkFacts(host, True, is_drive(host))
    if not visit:
        return known
    status = _status(link)
    return LinkFacts(host, True, known.is_private_drive, status is not None and 200 <= status < 400, status)


def is_drive(host: str) -> bool:
    """Whether files there are usually shared with chosen people only."""
    return any(host == drive or host.endswith(f".{drive}") for drive in _DRIVES)


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _status(link: str) -> int | None:
    """The final status; ``None`` if nothing public answers. Being sent to a sign-in page counts as 401."""
    import httpx

    address = link
    try:
        with httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client:
            for _step in range(STEPS):
                if _host(address) in _SIGN_IN:
                    return 401
                answer = _ask(client, address)
                if not answer.is_redirect:
                    return int(answer.status_code)
                address = urljoin(address, answer.headers.get("location", ""))
    except (httpx.HTTPError, NotPublic, OSError, ValueError):
        return None
    return None


def _ask(client: Any, address: str) -> Any:
    """Ask for ``address`` at the public number its name stands for, without reading the body."""
    import httpx

    parts = urlsplit(address)
    host, number = parts.hostname or "", public_address(address)
    url = httpx.URL(address).copy_with(host=number)
    request = client.build_request("GET", url, headers={"Host": host}, extensions={"sni_hostname": host})
    answer = client.send(request, stream=True)
    answer.close()
    return answer


def public_address(address: str) -> str:
    """The first number of the host of ``address``. Raises ``NotPublic`` unless all its numbers are public."""
    parts = urlsplit(address)
    port = parts.port or PORTS.get(parts.scheme, 0)
    if parts.scheme not in PORTS or port not in PORTS.values() or links.fault_of(address):
        raise NotPublic(address)
    numbers = {str(entry[4][0]) for entry in socket.getaddrinfo(parts.hostname, port, proto=socket.IPPROTO_TCP)}
    if not numbers or not all(ipaddress.ip_address(number).is_global for number in numbers):
        raise NotPublic(address)
    return sorted(numbers)[0]
