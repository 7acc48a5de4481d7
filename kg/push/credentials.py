"""Who pushes: from a file, from the environment or from netrc, never from the command line."""

import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import KGError, ReadError
from kg.push.stores import Scheme, Target

USER, PASSWORD, TOKEN = "KG_PUSH_USER", "KG_PUSH_PASSWORD", "KG_PUSH_TOKEN"


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to say who one is; neither its repr nor `told` shows a secret."""

    scheme: Scheme = "none"
    user: str = ""
    secret: str = field(default="", repr=False)  # the password, or the token
    origin: str = ""  # where they were found

    @property
    def told(self) -> str:
        """Who and how, for people."""
        if self.scheme == "none":
            return "without credentials"
        who = "a token" if self.scheme == "bearer" else f"user {self.user}, {self.scheme}"
        return f"{who} (from {self.origin})"


def find_credentials(
    target: Target,
    *,
    file: Path | None = None,
    scheme: Scheme | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Credentials:
    """What the file holds, else the environment, else netrc's line for the store's host, else none.

    `scheme` overrules what the kind of store usually wants. Raises ReadError for a file that cannot be read, KGError
    where what was found does not serve the scheme.
    """
    if scheme == "none":
        return Credentials()
    user, secret, origin = _found(target, file, environment)
    if not origin:
        if scheme:
            raise KGError(
                f"--auth {scheme}: no credentials; set {USER} and {PASSWORD}, or {TOKEN}, or give --credentials FILE"
            )
        return Credentials()
    chosen = scheme or ("bearer" if not user else _with_password(target.kind.auth))
    if chosen != "bearer" and not user:
        raise KGError(f"--auth {chosen} needs a user and a password; {origin} has a token")
    for one in (user, secret):
        if not one.isprintable():
            raise KGError(f"{origin}: a user, password or token is one line without control characters")
    return Credentials(chosen, user if chosen != "bearer" else "", secret, origin)


def _with_password(usual: Scheme) -> Scheme:
    return usual if usual in ("basic", "digest") else "basic"


def _found(target: Target, file: Path | None, environment: Mapping[str, str]) -> tuple[str, str, str]:
    """User (empty: the secret is a token), secret, and where they were found (empty: nowhere)."""
    if file is not None:
        return _in_file(file)
    if token := environment.get(TOKEN):
        return "", token, TOKEN
    if user := environment.get(USER):
        if PASSWORD not in environment:
            raise KGError(f"{USER} is set, and {PASSWORD} is not")
        return user, environment[PASSWORD], f"{USER} and {PASSWORD}"
    return _in_netrc(urlsplit(target.graphs).hostname or "", environment)


def _in_file(file: Path) -> tuple[str, str, str]:
    """The first line of the file: USER:PASSWORD, or a token."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{file}: cannot be read as credentials") from error
    if not lines or not lines[0].strip():
        raise ReadError(f"{file}: holds no credentials; its first line is USER:PASSWORD, or a token")
    user, colon, password = lines[0].partition(":")
    return (user, password, str(file)) if colon else ("", lines[0].strip(), str(file))


def _in_netrc(host: str, environment: Mapping[str, str]) -> tuple[str, str, str]:
    """What $NETRC or ~/.netrc says of the host by name; its `default` is for no store in particular, and not taken."""
    path = Path(environment["NETRC"]) if environment.get("NETRC") else Path("~/.netrc").expanduser()
    if not path.is_file():
        return "", "", ""
    try:
        hosts = netrc.netrc(path).hosts
    except (OSError, UnicodeDecodeError, netrc.NetrcParseError) as error:
        raise ReadError(f"{path}: cannot be read as netrc ({error})") from error
    if host not in hosts or not hosts[host][0]:
        return "", "", ""
    user, _, password = hosts[host]
    return user, password or "", str(path)
