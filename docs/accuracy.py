#!/usr/bin/env python3
"""Writes the measured parts of docs/accuracy.md.

    docs/accuracy.py
    docs/accuracy.py BENCH BINARY [--check]

Without arguments, only the part about the texts in tests/corpus, which `cargo test --test accuracy` measures and checks.
With a BENCH, every part between `<!-- begin: docs/accuracy.py … -->` and `<!-- end -->` as well. BINARY is the built program.
BENCH is a folder, which is not part of this repository, with

    dev/clean.jsonl, dev/corrupt.jsonl      good pairs, and pairs with one planted error
    dev/glossary.PROFILE.tsv                the glossaries that they keep to
    alarms/SET.jsonl                        published translations, as pairs or documents
    challenge.py, cases.py                  scripts that measure challenge sets and small cases (`BINARY --json FILE`)

A person's verdicts are in docs/accuracy-verdicts.tsv: on the findings of the quantity rules on clean pairs, and on every error in
published translations. A finding without a verdict is listed as unread and makes the script exit with 1.
"""
import collections
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = f"{HERE}/accuracy.md"
# Texts of these sets may be quoted (CC0 and MIT); findings in the others are given by id and a few words.
QUOTABLE = {"tico19", "sdg"}
# Rules that compare pairs with each other. In sets of pairs, the planted errors are variants of the clean pairs, and published
# pairs come from many texts.
ACROSS = ["term-inconsistent", "inconsistent-translation", "acronym-undefined", "acronym-redefined", "acronym-style"]
# The sets of published translations: their names, and what was translated into Chinese.
PUBLISHED = {"news": "news", "reports": "annual reports", "manuals": "manuals", "interface": "strings of programs"}
INTO_CHINESE = {"manuals", "interface"}
# What other tools find on the number items of the challenge set of HW-TSC, all 355 of them.
OTHERS = [
    ("OpusCleaner, num_mismatch", "21 %"),
    ("lists of digits, as OmegaT compares them", "17 %"),
    ("Bicleaner, rule about numbers", "10 %"),
    ("OpusFilter", "7 %"),
]


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def run(binary, *args):
    """The findings of a check of files."""
    done = subprocess.run([binary, "check", "--format", "jsonl", *args], capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(args)}\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(binary, records, glossary, ignore=()):
    """Every finding, notes included, by record id."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as t:
        for r in records:
            t.write(json.dumps({k: r[k] for k in ("id", "zh", "en")}, ensure_ascii=False) + "\n")
    ignored = ["--ignore", ",".join(ignore)] if ignore else []
    out = collections.defaultdict(list)
    for f in run(binary, "--no-config", "--glossary", glossary, *ignored, t.name):
        out[f["pair"]["id"]].append(f)
    os.unlink(t.name)
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


class Verdicts:
    """What a person thinks of the findings. A row with `words` counts for the findings whose message has them."""

    def __init__(self):
        with open(f"{HERE}/accuracy-verdicts.tsv", encoding="utf-8", newline="") as f:
            self.rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.unread = 0

    def of(self, finding):
        key = finding["pair"]["id"], finding["rule"]
        for row in self.rows:
            if (row["pair"], row["rule"]) == key and row["words"] in finding["message"]:
                return row["verdict"], row["what"]
        self.unread += 1
        return "unread", ""


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def published(bench, binary, verdicts):
    """How loud the rules are on published translations, and every error that is left."""
    sets, rules, errors = [], collections.defaultdict(collections.Counter), []
    with tempfile.TemporaryDirectory() as folder:
        into_chinese = os.path.join(folder, "bilint.toml")
        with open(into_chinese, "w", encoding="utf-8") as f:
            f.write('direction = "en-zh"\n')
        for name, title in PUBLISHED.items():
            path = f"{bench}/alarms/{name}.jsonl"
            records = read(path)
            is_documents = isinstance(records[0]["zh"], list)
            pairs = sum(len(r["zh"]) if is_documents else 1 for r in records)
            config = ["--config", into_chinese] if name in INTO_CHINESE else ["--no-config"]
            ignored = [] if is_documents else ["--ignore", "inconsistent-translation"]
            loud = [f for f in run(binary, *config, *ignored, path) if f["severity"] != "note"]
            sets.append((name, title, pairs, collections.Counter(f["severity"] for f in loud)))
            for f in loud:
                rules[f["rule"]][name] += 1
                if f["severity"] == "error":
                    verdict, what = verdicts.of(f)
                    errors.append(f"| {title} | {cell(f['pair']['id'])} | `{f['rule']}` | {verdict}{': ' if what else ''}{what} |")
    lines = ["| set | pairs | errors | per 1,000 | warnings | per 1,000 |", "|---|--:|--:|--:|--:|--:|"]
    for _, title, pairs, found in sets:
        e, w = found["error"], found["warning"]
        lines.append(f"| {title} | {pairs:,} | {e} | {1000 * e / pairs:.2f} | {w} | {1000 * w / pairs:.2f} |")
    names = [name for name, *_ in sets]
    lines += ["", f"| rule, errors and warnings | {' | '.join(title for _, title, *_ in sets)} |", f"|---|{'--:|' * len(sets)}"]
    for rule, found in sorted(rules.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        lines.append(f"| `{rule}` | {' | '.join(str(found[name]) for name in names)} |")
    return lines + ["", "Every error, with a reader's verdict:", "", "| set | text | rule | verdict |", "|---|---|---|---|", *errors]


def measured_by(bench, script, binary):
    """What a script of the bench measures."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        subprocess.run([sys.executable, f"{bench}/{script}", binary, "--json", out], check=True, capture_output=True)
        return read_json(out)


def read_json(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def challenge(bench, binary):
    """Challenge sets, small cases, and what other tools find."""
    lines = ["| kind of error | items | won | found | an error on the good text |", "|---|--:|--:|--:|--:|"]
    numbers = [0, 0]
    for category, (n, won, found, loud) in measured_by(bench, "challenge.py", binary).items():
        kind = re.sub(r"^(critical|major|base)_id\d+_", "", category).replace("_", " ")
        lines.append(f"| {cell(kind)} | {n} | {won / n:.1%} | {found / n:.1%} | {loud} |")
        if category.startswith("Number"):
            numbers = [numbers[0] + n, numbers[1] + won]
    lines += ["", "| tool | number items won |", "|---|--:|", f"| bilint, {numbers[0]} items | {numbers[1] / numbers[0]:.0%} |"]
    lines += [f"| {tool}, 355 items | {share} |" for tool, share in OTHERS]
    cases = measured_by(bench, "cases.py", binary)
    (silent, all_right), (found, all_wrong), (typed, all_typed) = cases["silent"], cases["found"], cases["typed"]
    return lines + [
        "",
        f"Of {all_right} small cases of right translations, each of another kind, {silent} are left alone; of {all_wrong} wrong ones {found} are",
        f"found, {typed} of {all_typed} by the rule that one would look for.",
    ]


def larger(bench, binary, verdicts):
    """Each rule on clean pairs and on planted errors, with the glossaries that the pairs keep to."""
    rules = json.loads(subprocess.run([binary, "rules", "--format", "json"], capture_output=True, text=True, check=True).stdout)
    clean, corrupt = read(f"{bench}/dev/clean.jsonl"), read(f"{bench}/dev/corrupt.jsonl")
    known = {r["id"] for r in rules}
    found = {}
    for profile in sorted({r["profile"] for r in clean + corrupt}):
        glossary = f"{bench}/dev/glossary.{profile}.tsv"
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
        f"Measured on {n} pairs of good human translations that keep to the glossary, where a finding should be rare, and on",
        f"{len(corrupt)} pairs with one planted error each.",
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
    quantities = {r["id"] for r in rules if r["group"] == "quantities"}
    return lines + read_by_a_person(clean, found, quantities, verdicts)


def read_by_a_person(clean, found, rules, verdicts):
    """The findings of some rules on clean pairs, each with its verdict."""
    rows, pairs, tally = [], set(), collections.Counter()
    for r in clean:
        for f in found.get(r["id"], []):
            if f["rule"] not in rules or f["severity"] == "note":
                continue
            verdict, why = verdicts.of(f)
            pairs.add(r["id"])
            text = cell(f["message"]) if r["set"] in QUOTABLE else ""
            row = f"| {r['id']} | `{f['rule']}` | {verdict} | {text}{' — ' if text and why else ''}{why} |"
            if row not in rows:
                tally[verdict] += 1
                rows.append(row)
    return [
        "",
        "### The quantity rules on clean pairs, read by a person",
        "",
        f"{len(pairs)} of {len(clean)} pairs ({len(pairs) / len(clean):.2%}) have an error or a warning of a quantity rule. "
        + ", ".join(f"{v}: {c}" for v, c in tally.most_common()) + ".",
        "",
        "| pair | rule | verdict | what |",
        "|---|---|---|---|",
        *rows,
    ]


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    if len(arguments) not in (0, 2):
        sys.exit(__doc__)
    only_check = "--check" in sys.argv
    if not only_check:
        measure_corpus()
    if not arguments:
        return
    bench, binary = arguments[0], os.path.abspath(arguments[1])
    verdicts = Verdicts()
    parts = {
        "published": published(bench, binary, verdicts),
        "challenge": challenge(bench, binary),
        "larger": larger(bench, binary, verdicts),
    }
    with open(PAGE, encoding="utf-8") as f:
        old = text = f.read()
    for name, lines in parts.items():
        begin = f"<!-- begin: docs/accuracy.py {name} -->\n"
        before, rest = text.split(begin)
        _, after = rest.split("<!-- end -->", 1)
        text = before + begin + "\n".join(lines) + "\n<!-- end -->" + after
    if only_check and text != old:
        sys.exit("docs/accuracy.md is out of date")
    with open(PAGE, "w", encoding="utf-8") as f:
        f.write(text)
    sys.exit(1 if verdicts.unread else 0)


main()
