#!/usr/bin/env python3
"""Measures `bilint glossary mine`: how many names of a glossary it finds in texts without knowing the glossary.

    docs/mining.py BENCH BINARY

BENCH is a folder with dev/clean.jsonl, whose records list the names in them under `terms`, and dev/glossary.general.tsv.
A name counts if at least two records have it, and it is found if one of the first two renderings, or one of their forms, is an
English name of the glossary.
"""
import collections
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time


def fold(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    bench, binary = sys.argv[1:]
    with open(f"{bench}/dev/clean.jsonl", encoding="utf-8") as f:
        records = [json.loads(line) for line in f]
    names = collections.defaultdict(set)
    with open(f"{bench}/dev/glossary.general.tsv", encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            names[row["zh"]].update(fold(en) for en in row["en"].split("|"))
    count = collections.Counter(zh for r in records for zh in {t["zh"] for t in r["terms"]} if zh in names)
    wanted = [zh for zh, n in count.items() if n >= 2]
    with tempfile.TemporaryDirectory() as folder:
        texts, empty = os.path.join(folder, "texts.jsonl"), os.path.join(folder, "empty.toml")
        open(empty, "w").close()
        with open(texts, "w", encoding="utf-8") as f:
            for r in records:
                f.write(json.dumps({k: r[k] for k in ("id", "zh", "en")}, ensure_ascii=False) + "\n")
        call = [binary, "glossary", "mine", texts, "--no-config", "--glossary", empty, "--format", "json", "--limit", "100000"]
        start = time.monotonic()
        done = subprocess.run(call, capture_output=True, check=True)
        seconds = time.monotonic() - start
    mined = json.loads(done.stdout)
    renderings = {
        m["zh"]: {fold(form) for r in m["renderings"][:2] for form in [r["en"], *r.get("forms", [])]} for m in mined
    }
    found = [zh for zh in wanted if renderings.get(zh, set()) & names[zh]]
    print(f"{len(mined)} names mined in {seconds:.1f} s, {sum(m['conflict'] for m in mined)} with conflicts")
    print(f"recall: {len(found)} of {len(wanted)} names in two records or more ({len(found) / len(wanted):.2f})")
    for zh in sorted(set(wanted) - set(found)):
        print(f"  not found: {zh}, {' | '.join(sorted(names[zh]))}; mined: {sorted(renderings.get(zh, []))}")


if __name__ == "__main__":
    main()
