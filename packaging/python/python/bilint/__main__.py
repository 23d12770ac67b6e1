"""The command: `bilint`, or `python -m bilint`."""

from __future__ import annotations

import sys

from ._native import run_command


def main() -> int:
    """Runs the command line of this process and returns its exit code."""
    try:
        from signal import SIG_DFL, SIGINT, signal

        # Python would only note an interrupt, and look at it after the command.
        signal(SIGINT, SIG_DFL)
    except ValueError:
        pass  # Not in the main thread.
    return run_command(["bilint", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
