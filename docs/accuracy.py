#!/usr/bin/env python3
"""Writes docs/accuracy.md: for every rule, what it finds and how often it is wrong, and on which data.

    docs/accuracy.py
    docs/accuracy.py BENCH BINARY [--check]

Without arguments, only the part about the texts in tests/corpus, which `cargo test --test accuracy` measures and checks.
With a BENCH, that part and the part about a larger set of texts. BENCH is a folder with dev/clean.jsonl,
dev/corrupt.jsonl and dev/glossary.<profile>.tsv; BINARY is the built program. A person's verdicts on the findings of the
quantity rules on clean pairs are in docs/accuracy-verdicts.tsv; a finding without a verdict is listed as unread and makes
the script exit with 1.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# Texts of these sets may be quoted (CC0 and MIT); findings in the others are given by id and a few words.
QUOTABLE = {"tico19", "sdg"}
# Rules that compare pairs with each other: the planted errors are variants of the clean pairs, so they stay out there.
ACROSS = ["term-inconsistent", "inconsistent-translation", "acronym-undefined", "acronym-redefined", "acronym-style"]

# The part of the page that this script writes begins with this line.
MARKER = "## On a larger set of texts"


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def check(binary, records, glossary, ignore=()):
    """Every finding, notes included, by record id."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as t:
        for r in records:
            t.write(json.dumps({k: r[k] for k in ("id", "zh", "en")}, ensure_ascii=False) + "\n")
    call = [binary, "check", "--no-config", "--format", "jsonl", "--glossary", glossary, t.name]
    if ignore:
        call[2:2] = ["--ignore", ",".join(ignore)]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8")
    os.unlink(t.name)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(call)}\n{done.stderr[-2000:]}")
    out = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        f = json.loads(line)
        out[f["pair"]["id"]].append(f)
    return out


def touches(finding, label):
    en, zh = finding.get("en"), finding.get("zh")
    if en and en["start"] <= label["end"] + 3 and en["end"] >= label["start"] - 3 and label["end"] > label["start"]:
        return True
    start = label.get("zh_start")
    return bool(zh and start is not None and zh["start"] < label["zh_end"] and zh["end"] > start)


def measure_corpus():
    """Has the test write its part of the page."""
    call = ["cargo", "test", "--quiet", "--test", "accuracy"]
    subprocess.run(call, check=True, cwd=os.path.dirname(HERE), env={**os.environ, "SNAPSHOTS": "overwrite"})


def main():
    if "--check" not in sys.argv:
        measure_corpus()
    if len(sys.argv) == 1:
        return
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    bench, binary = sys.argv[1:3]
    rules = json.loads(subprocess.run([binary, "rules", "--format", "json"], capture_output=True, text=True, check=True).stdout)
    clean, corrupt = read(f"{bench}/dev/clean.jsonl"), read(f"{bench}/dev/corrupt.jsonl")
    found = {}
    for profile in sorted({r["profile"] for r in clean + corrupt}):
        glossary = f"{bench}/dev/glossary.{profile}.tsv"
        known = {r["id"] for r in rules}
        found.update(check(binary, [r for r in clean if r["profile"] == profile], glossary))
        across = [r for r in ACROSS if r in known]
        found.update(check(binary, [r for r in corrupt if r["profile"] == profile], glossary, across))

    flagged = collections.defaultdict(set)
    severities = collections.defaultdict(collections.Counter)
    strict = [r for r in clean if r["strict"]]
    for r in strict:
        for f in found.get(r["id"], []):
            flagged[f["rule"]].add(r["id"])
            severities[f["rule"]][f["severity"]] += 1
    kinds = collections.Counter(r["kind"] for r in corrupt)
    located = collections.defaultdict(collections.Counter)
    any_rule = collections.Counter()
    for r in corrupt:
        loud = [f for f in found.get(r["id"], []) if f["severity"] != "note"]
        hits = {f["rule"] for f in loud if any(touches(f, l) for l in r["label_spans"])}
        any_rule[r["kind"]] += bool(hits)
        for rule in hits:
            located[rule][r["kind"]] += 1

    n = len(strict)
    lines = [
        MARKER,
        "",
        f"Measured on {n} pairs of good human translations that keep to the glossary, where a finding should be rare, and on",
        f"{len(corrupt)} pairs with one planted error each. The texts are TICO-19 (CC0), the SDG indicators (MIT), and NTREX, PUD, XQuAD (CC BY-SA) and the",
        "Declaration of Human Rights, which are not part of this repository. Written by",
        "`docs/accuracy.py BENCH BINARY`.",
        "",
        "“Clean pairs” counts the pairs in which the rule reports anything, right or wrong; the clean side has real",
        "errors, too. “Finds” gives the planted errors that the rule points at (errors and warnings only). A rule without",
        "figures needs something that these pairs do not have: neighbouring paragraphs, several documents, markup.",
        "",
        "| rule | severity | clean pairs | share | finds |",
        "|---|---|--:|--:|---|",
    ]
    for rule in rules:
        i = rule["id"]
        k = len(flagged[i])
        as_note = severities[i]["note"]
        total = sum(severities[i].values())
        note = f" ({as_note} of {total} findings as notes)" if 0 < as_note < total else ""
        finds = ", ".join(f"{kind} {c} of {kinds[kind]}" for kind, c in located[i].most_common() if c > 1)
        lines.append(f"| `{i}` | {rule['severity']} | {k}{note} | {k / n:.2%} | {finds} |")
    lines += ["", "### What each rule looks for", ""]
    lines += [f"- `{r['id']}`: {r['summary']}" for r in rules]
    lines += ["", "### Planted errors that some rule points at", "", "| error | planted | located |", "|---|--:|--:|"]
    lines += [f"| {k} | {c} | {any_rule[k]} ({any_rule[k] / c:.0%}) |" for k, c in sorted(kinds.items())]

    n = len(clean)
    group = {r["id"] for r in rules if r["group"] == "quantities"}
    verdicts = {}
    with open(f"{HERE}/accuracy-verdicts.tsv", encoding="utf-8") as f:
        for line in f.read().splitlines()[1:]:
            pair, rule, verdict, why = line.split("\t")
            verdicts[pair, rule] = (verdict, why)
    rows, unread = [], 0
    tally = collections.Counter()
    pairs = set()
    for r in clean:
        for f in found.get(r["id"], []):
            if f["rule"] not in group or f["severity"] == "note":
                continue
            verdict, why = verdicts.get((r["id"], f["rule"]), ("unread", ""))
            unread += verdict == "unread"
            pairs.add(r["id"])
            text = f["message"].replace("|", "\\|") if r["set"] in QUOTABLE else ""
            row = f"| {r['id']} | `{f['rule']}` | {verdict} | {text}{' — ' if text and why else ''}{why} |"
            if row not in rows:
                tally[verdict] += 1
                rows.append(row)
    lines += [
        "",
        "### The quantity rules on clean pairs, read by a person",
        "",
        f"{len(pairs)} of {n} pairs ({len(pairs) / n:.2%}) have an error or a warning of a quantity rule. "
        + ", ".join(f"{v}: {c}" for v, c in tally.most_common()) + ".",
        "",
        "| pair | rule | verdict | what |",
        "|---|---|---|---|",
        *rows,
        "",
    ]
    path = f"{HERE}/accuracy.md"
    with open(path, encoding="utf-8") as f:
        text = f.read().split(MARKER)[0] + "\n".join(lines)
    if "--check" in sys.argv:
        with open(path, encoding="utf-8") as f:
            if f.read() != text:
                sys.exit("docs/accuracy.md is out of date")
    else:
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
    sys.exit(1 if unread else 0)


main()
