"""Builds the Python package and tests it in a fresh environment, beside Clippy for its Rust and mypy for its types.

    python3 -m venv venv && venv/bin/pip install maturin
    venv/bin/python packaging/wheel.py [--profile dev|release] [--wheel FILE]

Without maturin, nothing is built, and the script says so; with --all, that is a failure. With --wheel, a wheel that was built before is
tested. Needs Python 3.10 or later, Rust, and a registry of Python packages.
"""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "python"
FIRST = """
import bilint
found = bilint.check("共有三家企业。", "There are four enterprises.")
assert found[0]["rule"] == "number-mismatch", found
"""


def run(*command, **options):
    subprocess.run([str(part) for part in command], check=True, **options)


def build(profile, folder):
    """The wheel."""
    run("cargo", "clippy", "--locked", "-p", "bilint-python", "--", "-D", "warnings", cwd=HERE.parent)
    command = [sys.executable, "-m", "maturin", "build", "--locked", "--profile", profile, "--out", folder]
    run(*command, "--interpreter", sys.executable, cwd=PACKAGE)
    (wheel,) = folder.glob("*.whl")
    return wheel


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default="dev", help="the profile of cargo")
    parser.add_argument("--wheel", type=Path, help="test this wheel")
    parser.add_argument("--all", action="store_true", help="fail if maturin is missing")
    arguments = parser.parse_args()
    if not arguments.wheel and importlib.util.find_spec("maturin") is None:
        print("maturin: not installed, skipped; install it with `pip install maturin`")
        sys.exit(arguments.all)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = arguments.wheel or build(arguments.profile, folder)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
        venv.create(folder / "venv", with_pip=True)
        bin = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        start = time.monotonic()
        run(bin / "pip", "install", "--quiet", "--no-deps", wheel.resolve())
        installed = time.monotonic()
        run(bin / "python", "-c", FIRST)
        first = time.monotonic()
        print(f"installed in {installed - start:.1f} s, and the first finding {first - installed:.1f} s after that")
        run(bin / "pip", "install", "--quiet", "pytest", "mypy", "pyarrow")
        # The types as users see them, and the code behind them.
        config = ["--config-file", PACKAGE / "pyproject.toml"]
        run(bin / "mypy", *config, "-p", "bilint", cwd=folder)
        run(bin / "mypy", *config, "--strict", PACKAGE / "tests" / "typed.py", cwd=folder)
        run(bin / "pytest", "-q", "-p", "no:cacheprovider", PACKAGE / "tests", cwd=folder)


if __name__ == "__main__":
    main()
