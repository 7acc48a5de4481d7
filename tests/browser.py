"""A headless Chromium without a network, for the tests of the page and for the tools that look at it.

Chromium is Debian's (`apt-get install chromium`); playwright drives it and brings no browser of its own.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
AT_REST = "() => document.documentElement.dataset.drawn"


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser that reaches nothing but files and servers on this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Reader:
    """Somebody who opens a page; what it asks for and complains of is written down."""

    def __init__(self, browser: Any, **options: Any) -> None:
        options = {"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN", "color_scheme": "light", **options}
        self.context = browser.new_context(**{"offline": True, "accept_downloads": True, **options})
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, file: Path, fragment: str = "") -> Any:
        """The page, at rest."""
        self.page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        self.page.wait_for_function(AT_REST)
        return self.page
