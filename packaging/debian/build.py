"""Builds the Debian package from a binary that was built.

    python3 packaging/debian/build.py BINARY FOLDER [--maintainer 'NAME <ADDRESS>'] [--fast]

Needs cargo-deb (`cargo install cargo-deb`) and Debian's dpkg. The package is described in Cargo.toml, under
`[package.metadata.deb]`. A package of another architecture is built on that architecture.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from email.utils import formatdate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
from pack import share, version  # noqa: E402


def write_changelog(path, maintainer):
    """Writes the changelog that Debian wants: it names the release, whose changes are in NEWS.md."""
    day = os.environ.get("SOURCE_DATE_EPOCH")
    if day is None:
        command = ["git", "-C", ROOT, "log", "-1", "--format=%ct"]
        day = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="ascii").stdout
    path.write_text(
        f"bilint ({version()}-1) unstable; urgency=medium\n\n"
        f"  * Release {version()}. NEWS.md has the changes.\n\n"
        f" -- {maintainer}  {formatdate(int(day))}\n",
        encoding="utf-8",
    )


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--maintainer", help="who answers for the package")
    arguments.add_argument("--fast", action="store_true", help="compress less, for tests")
    args = arguments.parse_args()
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    maintainer = args.maintainer or re.search(r'^maintainer = "(.*?)"', manifest, re.M)[1]
    # The paths in Cargo.toml.
    staged = ROOT / "target" / "deb"
    share(args.binary.resolve(), staged)
    shutil.copyfile(args.binary, staged / "bilint")
    write_changelog(staged / "changelog", maintainer)
    args.folder.mkdir(parents=True, exist_ok=True)
    command = ["cargo", "deb", "--no-build", "--output", args.folder.resolve(), "--manifest-path", ROOT / "Cargo.toml"]
    command += ["--maintainer", maintainer, *(["--fast"] if args.fast else [])]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
