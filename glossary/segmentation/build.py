#!/usr/bin/env python3
"""Builds jieba.words, jieba's dictionary as a table that is read in place, from the dictionary in the crate jieba-rs.

    python build.py [--dictionary dict.txt] [--output jieba.words]

README.md describes the layout of the file.
"""

import argparse
import bisect
import json
import pathlib
import struct
import subprocess

MAGIC = b"bilintJ1"


def dictionary_of_the_crate():
    """The file that jieba-rs itself would load, in the version that Cargo.lock names."""
    metadata = subprocess.run(["cargo", "metadata", "--format-version", "1"], capture_output=True, check=True, text=True)
    packages = json.loads(metadata.stdout)["packages"]
    manifest = next(p["manifest_path"] for p in packages if p["name"] == "jieba-rs")
    return pathlib.Path(manifest).parent / "src" / "data" / "dict.txt"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dictionary", type=pathlib.Path, help="lines of word, frequency, tag")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path(__file__).parent / "jieba.words")
    args = parser.parse_args()

    rows = []
    with open(args.dictionary or dictionary_of_the_crate(), encoding="utf-8") as lines:
        for line in lines:
            word, frequency, tag = line.split()
            rows.append((word.encode(), int(frequency), tag))
    rows.sort()
    assert len({word for word, _, _ in rows}) == len(rows), "a word stands twice"
    tags = sorted({tag for _, _, tag in rows})
    text = b"".join(word for word, _, _ in rows)
    tag_text = "".join(tags).encode()

    def offsets(strings):
        at, table = 0, []
        for s in strings:
            table.append(at)
            at += len(s)
        return struct.pack(f"<{len(table) + 1}I", *table, at)

    words = [word for word, _, _ in rows]
    firsts = [bisect.bisect_left(words, chr(c).encode()) for c in range(0x4E00, 0xA001)]
    total = sum(frequency for _, frequency, _ in rows)
    entries = [frequency << 8 | tags.index(tag) for _, frequency, tag in rows]
    with open(args.output, "wb") as out:
        out.write(MAGIC)
        out.write(struct.pack("<5I", len(rows), len(tags), len(text), len(tag_text), total))
        out.write(offsets(words))
        out.write(offsets(tag.encode() for tag in tags))
        out.write(struct.pack(f"<{len(entries)}I", *entries))
        out.write(struct.pack(f"<{len(firsts)}I", *firsts))
        out.write(text)
        out.write(tag_text)
    print(f"{len(rows)} words, {len(tags)} tags, {args.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
