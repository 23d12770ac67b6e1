#!/usr/bin/env python3
"""Estimates the model of free translations, FREE_BIAS and FREE_WEIGHTS of train/weights.json.

    train/free.py CLONES TEXTS BINARY

CLONES and TEXTS are those of train/data.py; CLONES also needs the repository NOVEL. Half of scripture and half of the novel
serve to estimate, the other halves to compare. Sentences of one side are left out at random:

- verses, 10 % of either side;
- verses joined across their borders as train/prose.py does, and the same with 4 % of either side left out;
- the novel: 4 % of either side, where `bilint align` (BINARY) was sure of the bead. Its alignment counts as true.

Prints the estimate, and precision and recall of omissions and additions that BINARY finds in the texts to compare.
"""
import argparse
import json
import os
import random
import re
import subprocess

import data
import estimate
import prose

# 紅樓夢 and the translation of H. Bencraft Joly (1892), both in the public domain. The second book of the translation.
NOVEL = ("notarealdeveloper/dream", "zh/github-huangtuzhi/chapter-{}", "en/bencraft/gutenberg-bencraft-2.txt")
CHAPTERS = range(25, 56)
# A bead is left out of one side only if the aligner is at least this sure of it.
SURE = 0.8
# Books of scripture to compare; the others serve to estimate.
COMPARED = {"LUK", "JHN", "JON", "AMO", "HOS", "HEB", "REV"}
LENGTH = 150


def show(clones, path):
    return data.git(clones, NOVEL[0], "show", f"HEAD:{path}")


def chapters(clones):
    """Sentences of each chapter, Chinese and English."""
    parts = re.split(r"(?m)^CHAPTER\s+[IVXLC]+\.?\s*$", show(clones, NOVEL[2]).split("*** END")[0])[1:]
    for number, part in zip(CHAPTERS, parts):
        paragraphs = [re.sub(r"\[\*?.*?\]", "", " ".join(p.split())) for p in re.split(r"\n\s*\n", part) if p.strip()]
        end = r"(?<![A-Z]r\.)(?<!Mrs\.)(?<=[.!?\"')])\s+(?=[\"'(]?[A-Z])(?<![^.!?\"')]\s)"
        english = [s for p in paragraphs[1:] for s in re.split(end, p) if s]
        text = re.split(r"\n\s*　　", show(clones, NOVEL[1].format(number)))[1:]
        chinese = [s for p in text for s in re.findall(r"[^。！？!?]+(?:[。！？!?…]+[”’」』\"]*|$)", re.sub(r"\s", "", p))]
        yield number, chinese, english


def plant(sides, gold, rate, rng, sure=lambda bead: True):
    """Leaves out one side of some beads."""
    new, out = ([], []), []
    for bead in gold:
        texts = [[side[k] for k in units] for side, units in zip(sides, bead)]
        if all(texts) and sure(bead):
            chance = rng.random()
            if chance < 2 * rate:
                texts[chance < rate] = []
        if any(texts):
            out.append(tuple(tuple(range(len(n), len(n) + len(t))) for n, t in zip(new, texts)))
            for n, t in zip(new, texts):
                n.extend(t)
    return new, out


def scripture(texts, compared, rng):
    """Sides and true beads: verses, joined verses."""
    part = []
    with open(os.path.join(texts, "bible.jsonl"), encoding="utf-8") as lines:
        for text in map(json.loads, lines):
            if (text["name"].split()[0] in COMPARED) == compared:
                part += zip(text["zh"], text["en"])
            if len(part) >= LENGTH:
                ones = [((i,), (i,)) for i in range(len(part))]
                yield "verses", plant([[pair[k] for pair in part] for k in (0, 1)], ones, 0.1, rng)
                joined = prose.make(part, 0.3, rng)
                yield "joined", joined
                yield "joined", plant(*joined, 0.04, rng)
                part = []


def novel(clones, binary, compared, rng):
    for number, zh, en in chapters(clones):
        if (number % 2 == 0) != compared:
            continue
        found = prose.align(binary, (zh, en))
        alone = {bead for bead, _ in found if not all(bead)}
        sure = {bead for bead, confidence in found if confidence >= SURE}
        # What is unpaired there is hardly ever an omission: it counts as part of the bead before.
        gold = []
        for bead, _ in found:
            if bead in alone and gold:
                gold[-1] = tuple(a + b for a, b in zip(gold[-1], bead))
            else:
                gold.append(bead)
        for _ in range(2):
            yield "novel", plant((zh, en), gold, 0.04, rng, lambda bead: bead in sure)


def alone(beads, side):
    return {unit for bead in beads if not bead[1 - side] for unit in bead[side]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones")
    parser.add_argument("texts")
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    # Hardly anything is left out where verses are joined.
    prose.SIZES[0, 1] = prose.SIZES[1, 0] = 5
    parts = [[*scripture(args.texts, compared, rng), *novel(args.clones, args.binary, compared, rng)]
             for compared in (False, True)]
    observed = estimate.observe([{"zh": zh, "en": en, "gold": gold, "grain": "sentence"}
                                 for _, ((zh, en), gold) in parts[0]])
    kinds = {}
    for (kind, _), o in zip(parts[0], observed):
        kinds.setdefault(kind, []).extend(o["free"])
    # Equally many examples of each kind of text.
    count = min(map(len, kinds.values()))
    examples = [e for of_kind in kinds.values() for e in rng.sample(of_kind, count)]
    print("estimated from", len(examples), "examples:", [round(w, 3) for w in estimate.logistic(examples)])
    for kind in kinds:
        counts = [[0, 0, 0], [0, 0, 0]]
        for name, (sides, gold) in parts[1]:
            if name == kind:
                found = [bead for bead, _ in prose.align(args.binary, sides)]
                for side in (0, 1):
                    true, said = alone(gold, side), alone(found, side)
                    counts[side] = [a + len(b) for a, b in zip(counts[side], (true & said, said, true))]
        shares = [(prose.share(right, said), prose.share(right, true)) for right, said, true in counts]
        print(f"{kind}: omissions P {shares[0][0]} R {shares[0][1]}, additions P {shares[1][0]} R {shares[1][1]}")


if __name__ == "__main__":
    main()
