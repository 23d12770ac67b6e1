#!/usr/bin/env python3
"""Writes the tables that bilint reads in place, and checks that those in this folder are what their recipes give.

    python tables.py --check

A file of tables is a header and sections, one after the other, padded to multiples of four bytes. All numbers are
unsigned 32-bit, little-endian:

    bilintT1                    8 bytes
    kind of the file            4 bytes: what the sections are
    number of sections
    bytes of each section, without padding

A section is a list of numbers or text in UTF-8. A list of strings takes two: where each string begins in the text, and
the end of the last; then the text. `src/text/table.rs` is the reader. What a kind of file has in its sections is described
in the README.md beside its recipe.
"""

import argparse
import importlib.util
import pathlib
import struct

MAGIC = b"bilintT1"
HERE = pathlib.Path(__file__).parent

# The recipes, each a module with `build()`, and what they make.
RECIPES = {
    "characters/build.py": "characters/opencc.t2s",
    "lexicon/build.py": "lexicon/cedict.lex",
    "segmentation/build.py": "segmentation/jieba.words",
}


def numbers(values):
    """A section of numbers."""
    return struct.pack(f"<{len(values)}I", *values)


def strings(values):
    """The two sections of a list of strings."""
    encoded = [value.encode() for value in values]
    offsets = [0]
    for value in encoded:
        offsets.append(offsets[-1] + len(value))
    return [numbers(offsets), b"".join(encoded)]


def tables(kind, sections):
    """The bytes of a file of this kind (four letters) with these sections."""
    assert len(kind) == 4
    header = MAGIC + kind.encode() + numbers([len(sections), *map(len, sections)])
    return header + b"".join(section + bytes(-len(section) % 4) for section in sections)


def check():
    """Names the files that their recipes do not give byte for byte."""
    wrong = []
    for recipe, file in RECIPES.items():
        spec = importlib.util.spec_from_file_location(recipe, HERE / recipe)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if module.build() != (HERE / file).read_bytes():
            wrong.append(file)
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", required=True, help="rebuild every file and compare")
    parser.parse_args()
    wrong = check()
    raise SystemExit("\n".join(f"{file} is not what its recipe gives" for file in wrong) or None)
