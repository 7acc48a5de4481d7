"""What tells one version from another: of a library the number, of files a hash.

Which version of a library is installed is read off the name of the folder that says so, where there is one:
importlib.metadata knows too, but loads the parser of e-mails to find out.
"""

import hashlib
import os
import re
import sys
from functools import cache
from pathlib import Path

_SUFFIX = ".dist-info"


def version(name: str) -> str:
    """The version of an installed distribution; "" where it is not installed."""
    return _installed().get(_plain(name)) or _told(name)


def version_of_files(folder: Path, endings: tuple[str, ...]) -> str:
    """A hash of all files below a folder whose names end so, and of where they lie in it."""
    digest = hashlib.sha256()
    # Hundreds of files, at each start: path objects and what walks over them would take three times as long.
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(endings):
                path = os.path.join(parent, name)  # noqa: PTH118
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                    content = file.read()
                digest.update(f"{path[len(str(folder)) :]}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
                digest.update(content)
    return digest.hexdigest()[:16]


@cache
def _installed() -> dict[str, str]:
    """The versions by name, as the folders on Python's path say: rjieba-0.2.2.dist-info."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 (a path object for each of them takes longer)
        except OSError:  # not there, or a zip
            continue
        for entry in names:
            name, _, number = entry.removesuffix(_SUFFIX).partition("-")
            if entry.endswith(_SUFFIX) and number:
                found.setdefault(_plain(name), number)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _told(name: str) -> str:
    """The same from whatever else installs something."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as told

    try:
        return told(name)
    except PackageNotFoundError:
        return ""
