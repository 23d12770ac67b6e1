#!/usr/bin/env python3
"""Times `bilint check` over a repository with a documentation site and strings of a program.

    docs/check_speed.py BINARY [PAGES] [STRINGS]

The repository, in a temporary folder, gets PAGES pages (default 3,000, half of them Chinese) of 24 blocks and STRINGS strings (default
50,000, half of them Chinese) in files of 500. The texts are those of tests/corpus, drawn at random and without faults; no two pages are
equal. Prints wall and processor time and the largest memory of three runs.
"""
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def paragraphs():
    """Pairs of paragraphs that translate each other."""
    with open(f"{HERE}/../tests/corpus/texts.jsonl", encoding="utf-8") as lines:
        for text in map(json.loads, lines):
            if isinstance(text["zh"], list):
                yield from zip(text["zh"], text["en"])
            else:
                yield text["zh"], text["en"]


def page(pairs, chance):
    """The Markdown of a page and its translation: headings, paragraphs, lists, and code."""
    sides = [], []
    for number in range(24):
        pair = chance.choice(pairs)
        kind = number % 8
        for side, text in zip(sides, pair):
            text = " ".join(text.split())
            side.append(f"## {text[:20]}" if kind == 0 else f"- {text}" if kind in (4, 5) else text)
        if kind == 6:
            for side in sides:
                side.append(f"```sh\nrun --number {number}\n```")
    return tuple("\n\n".join(side) + "\n" for side in sides)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    binary = os.path.abspath(sys.argv[1])
    pages, strings = (int(a) for a in (sys.argv[2:] + ["3000", "50000"][len(sys.argv) - 2 :]))
    chance = random.Random(20)
    pairs = list(paragraphs())
    short = [pair for pair in pairs if len(pair[1]) <= 100]
    with tempfile.TemporaryDirectory() as folder:
        for i in range(pages // 2):
            for language, text in zip(("zh", "en"), page(pairs, chance)):
                write(f"{folder}/docs/{language}/{i % 40}/page{i}.md", text)
        for first in range(0, strings // 2, 500):
            drawn = [chance.choice(short) for _ in range(min(500, strings // 2 - first))]
            for side, language in enumerate(("zh", "en")):
                file = {f"key{i}": pair[side] for i, pair in enumerate(drawn)}
                write(f"{folder}/locales/{language}/part{first}.json", json.dumps(file, ensure_ascii=False, indent=2))
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.monotonic()
            done = subprocess.run([binary, "check", "--no-config", "--fail-on", "never", "--quiet", folder], stdout=subprocess.DEVNULL)
            wall = time.monotonic() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"exit {done.returncode}: {wall:.2f} s, {cpu:.2f} s of processor time, {after.ru_maxrss / 1024:.0f} MiB at most")


if __name__ == "__main__":
    main()
