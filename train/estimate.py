#!/usr/bin/env python3
"""Estimates the weights of the aligner from the texts of train/data.py, and compares them with those in use.

    train/estimate.py TEXTS [--seed N]

TEXTS is the folder that data.py wrote. Three texts in four are used to estimate, the fourth to compare. Prints the report
of train/README.md and writes train/estimates.json. Needs nothing but Python and `cargo run --release --example observe`.
"""
import argparse
import json
import math
import os
import random
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
EDGE_FEATURES = ["margin", "proportion", "in_place", "explains", "absent", "explained", "unexplained", "lost", "spare",
                 "taken", "length", "sentence_ends"]
# Units of a text that are aligned together at most.
LONGEST = 60
# Chances that a unit is dropped from one side, and that it is joined with the next on one side: few and many.
RATES = [(0.03, 0.04), (0.08, 0.11)]
# The share of English words that are left out in one perturbed text of three, as a free translation might.
GARBLED = 0.2
# Strength of the penalty on the squares of the weights.
RIDGE = 1.0


def perturb(text, rng):
    """The text with units dropped and joined at random, and its true alignment."""
    drop, join = rng.choice(RATES)
    garbled = GARBLED if rng.random() < 1 / 3 else 0
    sides, gold = ([], []), []
    units = list(zip(text["zh"], text["en"]))
    while units:
        size = 1
        kind = rng.random()
        zh, en = units.pop(0)
        en = " ".join(w for w in en.split() if rng.random() >= garbled) or en
        z, e = [zh], [en]
        if kind < drop:
            e = []
        elif kind < 2 * drop:
            z = []
        elif kind < 2 * drop + 2 * join and units:
            size = 2 if rng.random() < 0.8 else 3
            for _ in range(min(size - 1, len(units))):
                zh, en = units.pop(0)
                z.append(zh)
                e.append(en)
            if kind < 2 * drop + join:
                z = ["".join(z)]
            else:
                e = [" ".join(e)]
        bead = []
        for side, new in zip(sides, (z, e)):
            bead.append(list(range(len(side), len(side) + len(new))))
            side.extend(new)
        gold.append(bead)
    return {"zh": sides[0], "en": sides[1], "gold": gold, "grain": "paragraph"}


def observe(texts):
    call = ["cargo", "run", "--quiet", "--release", "--example", "observe"]
    if "OBSERVE" in os.environ:  # a built example
        call = [os.environ["OBSERVE"]]
    lines = "".join(json.dumps(t, ensure_ascii=False) + "\n" for t in texts)
    done = subprocess.run(call, input=lines, capture_output=True, text=True, check=True, cwd=os.path.dirname(HERE))
    return [json.loads(line) for line in done.stdout.splitlines()]


def solve(matrix, vector):
    """Solves linear equations by elimination."""
    n = len(vector)
    rows = [row[:] + [v] for row, v in zip(matrix, vector)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i])]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (rows[i][n] - sum(rows[i][k] * out[k] for k in range(i + 1, n))) / rows[i][i]
    return out


def logistic(examples, steps=12):
    """Bias and weights of a logistic regression (Newton's method)."""
    n = len(examples[0][0]) + 1
    weights = [0.0] * n
    data = [([1.0] + list(x), 1.0 if y else 0.0) for x, y in examples]
    for _ in range(steps):
        gradient = [-RIDGE * w if k else 0.0 for k, w in enumerate(weights)]
        hessian = [[RIDGE if i == j and i else 0.0 for j in range(n)] for i in range(n)]
        for x, y in data:
            p = probability(sum(w * v for w, v in zip(weights, x)))
            spread = max(p * (1 - p), 1e-9)
            for i in range(n):
                gradient[i] += (y - p) * x[i]
                scaled = spread * x[i]
                row = hessian[i]
                for j in range(i, n):
                    row[j] += scaled * x[j]
        for i in range(n):
            for j in range(i):
                hessian[i][j] = hessian[j][i]
        change = solve(hessian, gradient)
        weights = [w + c for w, c in zip(weights, change)]
        if max(map(abs, change)) < 1e-6:
            break
    return weights


def probability(odds):
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


def judge(weights, examples):
    """Share of wrong verdicts, and mean logarithmic loss."""
    wrong = loss = 0
    for x, y in examples:
        p = probability(weights[0] + sum(w * v for w, v in zip(weights[1:], x)))
        wrong += (p > 0.5) != y
        loss -= math.log(max(p if y else 1 - p, 1e-12))
    return wrong / len(examples), loss / len(examples)


def shares(counts):
    return [[round(c / max(1, sum(row)), 3) for c in row] for row in counts]


def total(observations, key):
    """Element-wise sum of the nested counts of all observations."""
    def add(a, b):
        return [add(x, y) for x, y in zip(a, b)] if isinstance(a, list) else a + b
    out = observations[0][key]
    for o in observations[1:]:
        out = add(out, o[key])
    return out


def length_model(lengths):
    """Variance per letter and spread: squared differences over mean length, regressed on mean length."""
    points = []
    for zh, en in lengths:
        mean = max((zh + en) / 2, 1.0)
        points.append((mean, (zh - en) ** 2 / mean))
    # The largest differences are free translations, which the cap of the length score covers.
    points.sort(key=lambda p: p[1] / p[0])
    points = points[:len(points) * 95 // 100]
    weight = [1 / m ** 2 for m, _ in points]
    w = sum(weight)
    mx = sum(k * m for k, (m, _) in zip(weight, points)) / w
    my = sum(k * v for k, (_, v) in zip(weight, points)) / w
    slope = (sum(k * (m - mx) * (v - my) for k, (m, v) in zip(weight, points))
             / sum(k * (m - mx) ** 2 for k, (m, _) in zip(weight, points)))
    slope = max(slope, 0.0)
    return round(max(my - slope * mx, 0.0), 2), round(math.sqrt(slope), 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with open(os.path.join(HERE, "weights.json"), encoding="utf-8") as f:
        in_use = {c["name"]: c["value"] for file in json.load(f)["files"] for c in file["constants"]
                  if file["path"].startswith("src/align/")}
    parts = {"estimate": [], "compare": []}
    for name in sorted(os.listdir(args.texts)):
        with open(os.path.join(args.texts, name), encoding="utf-8") as f:
            for n, line in enumerate(f):
                text = json.loads(line)
                for start in range(0, len(text["zh"]), LONGEST):
                    part = {side: text[side][start:start + LONGEST] for side in ("zh", "en")}
                    if len(part["zh"]) >= 10:
                        parts["compare" if n % 4 == 3 else "estimate"].append((name.split(".")[0], part))
    rng = random.Random(args.seed)
    clean = observe([{**t, "gold": [[[i], [i]] for i in range(len(t["zh"]))], "grain": "paragraph"}
                     for _, t in parts["estimate"]])
    perturbed = {k: observe([perturb(t, rng) for _, t in part]) for k, part in parts.items()}

    edges = {k: [e for o in v for e in o["edges"]] for k, v in perturbed.items()}
    weights = logistic(edges["estimate"])
    used = [in_use["BIAS"]] + in_use["WEIGHTS"]
    report = {"seed": args.seed, "texts": {k: len(v) for k, v in parts.items()},
              "edges": {"examples": {k: len(v) for k, v in edges.items()}, "weights": [round(w, 3) for w in weights],
                        "compare": {}}}
    genres = {}
    for (name, _), o in zip(parts["compare"], perturbed["compare"]):
        genres.setdefault(name, []).extend(o["edges"])
    for name, examples in sorted(genres.items()) + [("all", edges["compare"])]:
        report["edges"]["compare"][name] = {
            "examples": len(examples),
            **{k: dict(zip(("wrong", "loss"), (round(v, 4) for v in judge(w, examples))))
               for k, w in (("in_use", used), ("estimated", weights))}}
    zh_levels, en_levels = total(clean, "levels")
    report["ZH_ALPHA"], report["EN_ALPHA"] = shares(zh_levels), shares(en_levels)
    report["MARK_RATES"] = []
    for (a, b), (c, d) in total(clean, "marks"):
        report["MARK_RATES"].append([round(x / max(1, y), 3) for x, y in ((b, a + b), (d, c + d), (b + d, a + b + c + d))])
    report["VARIANCE"], report["SPREAD"] = length_model([p for o in clean for p in o["lengths"]])
    pairs = [p for o in clean for p in o["pairs"]]
    rng.shuffle(pairs)
    parts_of_score = logistic(pairs[:40000])
    scale = in_use["EN_WORDS"] / parts_of_score[2]
    report["score"] = {k: round(w * scale, 3) for k, w in zip(("LENGTH", "EN_WORDS", "ZH_WORDS", "MARKS"), parts_of_score[1:])}
    with open(os.path.join(HERE, "estimates.json"), "w", encoding="utf-8") as f:
        json.dump(report, f, indent=1)
        f.write("\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
