"""`python -m kg` is `kg`."""

import gc
import sys

from kg.cli import main

# New objects, after so many of which Python looks for cycles among them: modules and tables are many, and have none.
_AT_ONCE = 50_000


def run() -> int:
    """Run one command as a process of its own; the exit code."""
    gc.set_threshold(_AT_ONCE)
    code = main()
    gc.freeze()  # or else Python would look for cycles among all objects once more before it ends
    return code


if __name__ == "__main__":
    sys.exit(run())
