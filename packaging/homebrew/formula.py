"""Prints the formula of a release.

    python3 packaging/homebrew/formula.py ARCHIVES REPOSITORY > bilint.rb

ARCHIVES is the folder with the archives of the release and their `.sha256` files, REPOSITORY the URL under which they are
published, such as https://example.org/bilint.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from pack import version  # noqa: E402


def formula(archives, repository):
    """The formula with the digests of the archives. It is an error if one is missing."""
    text = (HERE / "bilint.rb").read_text(encoding="utf-8")
    text = text.replace("https://example.org/bilint", repository.rstrip("/"))
    text = re.sub(r"(?<=v)\d+\.\d+\.\d+(?=[/-])", version(), text)

    def with_digest(match):
        digest, name = (archives / f"{match['name']}.sha256").read_text().split()
        assert name == match["name"], (name, match["name"])
        return f"{match['url']}{digest}"

    pattern = r'(?P<url>url "[^"]*/(?P<name>[^"/]+)"\s+sha256 ")0{64}'
    text, count = re.subn(pattern, with_digest, text)
    assert count == text.count("sha256 "), f"{count} digests"
    return text


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.stdout.write(formula(Path(sys.argv[1]), sys.argv[2]))
