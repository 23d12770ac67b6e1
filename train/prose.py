#!/usr/bin/env python3
"""Measures `bilint align` on free prose made from the texts of train/data.py.

    train/prose.py TEXTS BINARY [--seed N] [--garbled SHARE]

Paragraphs that translate each other are joined at random on each side, so that the borders of a side are often inside a unit
of the other: beads of two with two units and more. Some are dropped, and some English words are left out or replaced. Prints,
for each file of TEXTS, strict F1, precision and recall of lines without counterpart, and precision and recall by the size of
the bead.
"""
import argparse
import json
import os
import random
import re
import subprocess
import tempfile
from collections import Counter

# Sizes of beads, Chinese and English, with their frequency in per mille: roughly those of translated novels.
SIZES = {(1, 1): 640, (1, 2): 115, (2, 1): 90, (1, 3): 20, (3, 1): 15, (2, 2): 50, (2, 3): 15, (3, 2): 10, (0, 1): 20, (1, 0): 25}
# Paragraphs of a text at least.
LENGTH = 120


def texts(path):
    """Lists of pairs of paragraphs."""
    part = []
    with open(path, encoding="utf-8") as lines:
        for text in map(json.loads, lines):
            part += zip(text["zh"], text["en"])
            if len(part) >= LENGTH:
                yield part
                part = []


def join(side, parts):
    """One sentence of several: a comma takes the place of the marks between them."""
    mark, blank = ("，", "") if side == 0 else (",", " ")
    inner = [re.sub(r"[。！？；：，.;:!?]+([」』”’\"']*)$", mark + r"\1", part) for part in parts[:-1]]
    return blank.join(inner + [parts[-1]])


def garble(english, words, share, rng):
    out = []
    for word in english.split():
        if len(word) <= 3 or rng.random() >= share:
            out.append(word)
        elif rng.random() < 0.5:
            out.append(rng.choice(words))
    return " ".join(out) or english


def make(pairs, share, rng):
    """Units of both sides and their true alignment."""
    words = [w for _, en in pairs for w in en.split() if len(w) > 3 and w.isalpha() and w.islower()]
    sides, gold = ([], []), []
    at = 0
    while at < len(pairs):
        size = rng.choices(list(SIZES), list(SIZES.values()))[0]
        count = max(1, sum(size) - 1 if min(size) > 1 else max(size))
        if at + count > len(pairs):
            size, count = (1, 1), 1
        # No border of one side is at a border of the other.
        borders = list(range(1, count))
        rng.shuffle(borders)
        bead = []
        for side, units in enumerate(size):
            parts = [pair[side] for pair in pairs[at:at + count]]
            if side == 1:
                parts = [garble(part, words, share, rng) for part in parts]
            own, borders = sorted(borders[:max(0, units - 1)]), borders[max(0, units - 1):]
            cuts = [0] + own + [count]
            new = [join(side, parts[a:b]) for a, b in zip(cuts, cuts[1:])] if units else []
            bead.append(tuple(range(len(sides[side]), len(sides[side]) + len(new))))
            sides[side].extend(new)
        gold.append(tuple(bead))
        at += count
    return sides, gold


def align(binary, sides):
    """Beads, each with its confidence."""
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("zh.txt", "en.txt")]
        for name, side in zip(names, sides):
            with open(name, "w", encoding="utf-8") as f:
                f.write("".join(line + "\n" for line in side))
        call = [binary, "align", "--no-config", "--unit", "line", "--format", "jsonl", *names]
        out = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    return [((tuple(row["zh"]), tuple(row["en"])), row["confidence"]) for row in rows]


def share(right, of):
    return f"{right / of:.3f}" if of else "–"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--garbled", type=float, default=0.3, help="share of the longer English words")
    args = parser.parse_args()
    for name in sorted(os.listdir(args.texts)):
        rng = random.Random(args.seed)
        right, found, true = Counter(), Counter(), Counter()
        for pairs in texts(os.path.join(args.texts, name)):
            sides, gold = make(pairs, args.garbled, rng)
            beads = [bead for bead, _ in align(args.binary, sides)]
            for counts, beads in ((true, gold), (found, beads), (right, set(gold) & set(beads))):
                counts.update((len(zh), len(en)) for zh, en in beads)
        paired = [size for size in true if min(size)]
        hits = sum(right[size] for size in paired)
        precision = sum(right.values()) / sum(found.values())
        recall = hits / sum(true[size] for size in paired)
        print(f"{name}: strict P {precision:.4f} R {recall:.4f} F1 {2 * precision * recall / (precision + recall):.4f}")
        for size in SIZES:
            print(f"  {size[0]}–{size[1]}: P {share(right[size], found[size])} R {share(right[size], true[size])} of {true[size]}")


if __name__ == "__main__":
    main()
