#!/usr/bin/env python3
"""Builds jieba.words, jieba's dictionary as a table that is read in place, from the dictionary in the crate jieba-rs.

    python build.py [--dictionary dict.txt] [--output jieba.words]

README.md describes the sections of the file.
"""

import argparse
import bisect
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tables import numbers, strings, tables  # noqa: E402



def dictionary_of_the_crate():
    """The file that jieba-rs itself would load, in the version that Cargo.lock names."""
    metadata = subprocess.run(["cargo", "metadata", "--format-version", "1"], capture_output=True, check=True, text=True)
    packages = json.loads(metadata.stdout)["packages"]
    manifest = next(p["manifest_path"] for p in packages if p["name"] == "jieba-rs")
    return pathlib.Path(manifest).parent / "src" / "data" / "dict.txt"


def build(dictionary=None):
    """The bytes of the table of a dictionary file, by default that of the crate."""
    rows = []
    with open(dictionary or dictionary_of_the_crate(), encoding="utf-8") as lines:
        for line in lines:
            word, frequency, tag = line.split()
            rows.append((word, int(frequency), tag))
    # UTF-8 sorts as its code points do.
    rows.sort()
    words = [word for word, _, _ in rows]
    assert len(set(words)) == len(words), "a word appears twice"
    tags = sorted({tag for _, _, tag in rows})
    tag_number = {tag: i for i, tag in enumerate(tags)}
    entries = [frequency << 8 | tag_number[tag] for _, frequency, tag in rows]
    firsts = [bisect.bisect_left(words, chr(c)) for c in range(0x4E00, 0xA001)]
    total = sum(frequency for _, frequency, _ in rows)
    lists = [numbers(entries), numbers(firsts), numbers([total])]
    return tables("SEG1", [*strings(words), *strings(tags), *lists])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dictionary", type=pathlib.Path, help="lines of word, frequency, tag")
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "jieba.words")
    args = parser.parse_args()
    data = build(args.dictionary)
    args.output.write_bytes(data)
    print(f"{args.output}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
