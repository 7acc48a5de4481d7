"""Take the picture of the seed's page that the README shows: docs/images/seed.png.

    python tools/picture.py [--out docs/images/seed.png]

It is what a reader of the page sees after the search for 江苏省省长 (jssz and Enter), in a headless Chromium without a
network.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from kg.pipeline import build_assembly
from kg.read import read
from kg.view import to_html

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from browser import CHROMIUM, Reader, chromium

MOST = 300_000  # bytes of a picture that a README loads


def main() -> None:
    """Open the page, search, and write what is seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images" / "seed.png")
    options = parser.parse_args()
    if CHROMIUM is None:
        parser.error("no Chromium here: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder, "graph.html")
        file.write_text(to_html(build_assembly(read([ROOT / "seeds"]))), encoding="utf-8", newline="\n")
        page = Reader(browser, viewport={"width": 1280, "height": 800}).open(file)
        page.fill("#search", "jssz")
        page.press("#search", "Enter")
        page.click("#zoom-fit")
        page.wait_for_timeout(500)  # until the browser has put the last frame on the screen
        options.out.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=options.out)
    size = options.out.stat().st_size
    if size > MOST:
        sys.exit(f"{options.out}: {size:,} bytes, more than {MOST:,}")
    print(f"{options.out}: {size:,} bytes")


if __name__ == "__main__":
    main()
