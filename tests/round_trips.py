#!/usr/bin/env python3
"""round_trips.py BINARY [--seed N] [--rounds N] [--format NAME]

Files of strings, written with every escape that their format has (seeded random), are read by bilint and by the format's own
library, and the two must agree. Then `bilint check --unsafe-fixes` corrects one string in each file: a figure, or a term whose
right form needs escapes. After that the library must read exactly that string otherwise, and every byte outside the
string must be what it was.

    pip install polib ruamel.yaml tomlkit openstep-plist fluent.syntax javaproperties translate-toolkit

What is not installed is skipped, with a message. Ends with 1 if a file differs."""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

from round_trip_formats import ONE, TWO, WORDS

HAN = ["文件", "文件夹", "窗口", "密码", "网络", "图片"]
# What strings have that formats escape.
NASTY = ['"', "'", "\\", "\n", "\t", "&", "<", ">", "%d", "{0}", "é", "😀", "\u00a0", "#", ": ", "=", "!", "  ", "\\n", "\\u0041", "$", "@",
         "?", ";", "//", "`", "|", "~", "\u2028", "*", "[x]", "- "]
RIGHT_TERM = "集\"群'&<\\"
GLOSSARY = '[[concept]]\nid = "cluster"\nkind = "term"\nzh = [%s, { name = "群集", status = "deprecated" }]\nen = ["cluster"]\n'


def texts(rng, nasty, count=24):
    """Pairs of texts by key. The first has a wrong figure, the second a deprecated term."""
    pairs = {}
    for number in range(count):
        marks = [rng.choice(nasty) for _ in range(rng.randint(0, 4))]
        word = rng.randrange(len(WORDS))
        en, zh = [f"Item {number + 100}"], [f"条目 {number + 100}"]
        for mark in marks:
            en += [mark, WORDS[word]]
            zh += [mark, HAN[word]]
        if number == 0:
            en.append(" in 30 seconds")
            zh.append(" 20 秒")
        if number == 1:
            en.append(" of the cluster")
            zh.append(" 群集")
        pairs[f"key{number}"] = ("".join(en), "".join(zh))
    return pairs


class Trip:
    """One file, or two, in one format."""

    def __init__(self, binary, folder, fmt, is_pair, crlf):
        self.binary, self.folder, self.is_pair, self.crlf = binary, folder, is_pair, crlf
        self.name, self.files, self.writer, self.reader, _ = fmt
        self.faults = []

    def path(self, i):
        return os.path.join(self.folder, self.files[i])

    def bytes(self):
        return [open(self.path(i), "rb").read() for i in range(len(self.files))]

    def write(self, rng, pairs):
        if self.is_pair:
            halves = [{k: v[side] for k, v in pairs.items()} for side in (0, 1)]
            written = [self.writer(rng, half, side) for half, side in zip(halves, ["en", "zh-CN"])]
        else:
            written = [self.writer(rng, pairs)]
        for i, text in enumerate(written):
            os.makedirs(os.path.dirname(self.path(i)), exist_ok=True)
            data = text.replace("\n", "\r\n") if self.crlf else text
            with open(self.path(i), "wb") as out:
                out.write(data.encode())

    def read(self):
        """The pairs as the library reads them."""
        # As text: line ends are those of the platform for every reader of these formats but JSON's, which has none in strings.
        read = [self.reader(data.decode().replace("\r\n", "\n")) for data in self.bytes()]
        return {k: (read[0][k], read[1][k]) for k in read[0]} if self.is_pair else read[0]

    def run(self, *arguments):
        command = [self.binary, *arguments, *[self.path(i) for i in range(len(self.files))]]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=self.folder)
        if done.returncode not in (0, 1):
            self.faults.append(f"exit {done.returncode}: {done.stderr.strip()[:300]}")
        return done.stdout

    def compare_reading(self, pairs):
        beads = [json.loads(line) for line in self.run("align", "--no-config", "--format", "jsonl").split("\n") if line]
        found = {("".join(b["en_text"]).strip(), "".join(b["zh_text"]).strip()) for b in beads}
        clean = lambda text: text.replace("\r\n", "\n").strip()
        found = {(clean(en), clean(zh)) for en, zh in found}
        for key, (en, zh) in pairs.items():
            if (clean(en), clean(zh)) not in found:
                near = [f for f in found if f"Item {100 + int(key[3:])}" in f[0]]
                self.faults.append(f"{key} is read otherwise: {(en, zh)!r}, by bilint {near!r}")

    def compare_fix(self, before, pairs, key, old, new, rules):
        self.run("check", "--no-config", "--direction", "en-zh", "--unsafe-fixes", "--select", rules, *self.glossary(), "--quiet")
        after = self.bytes()
        if after == before:
            return False
        changed = self.read()
        expected = {**pairs, key: (pairs[key][0], pairs[key][1].replace(old, new))}
        for k in pairs:
            if changed.get(k) != expected[k]:
                self.faults.append(f"after the fix {k} is {changed.get(k)!r}, expected {expected[k]!r}")
        if before[:-1] != after[:-1]:
            self.faults.append("the fix changed the source")
        a, b = before[-1], after[-1]
        start = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        end = next((i for i, (x, y) in enumerate(zip(a[start:][::-1], b[start:][::-1])) if x != y), min(len(a), len(b)) - start)
        if len(a) - end - start > 12 * len(old) or len(b) - end - start > 12 * len(new):
            self.faults.append(f"more than the string changed: {a[start:len(a) - end]!r} to {b[start:len(b) - end]!r}")
        return True

    def glossary(self):
        path = os.path.join(self.folder, "terms.toml")
        with open(path, "w", encoding="utf-8") as out:
            out.write(GLOSSARY % json.dumps(RIGHT_TERM, ensure_ascii=False))
        return ["--glossary", path]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--format", help="only this one")
    arguments = parser.parse_args()
    binary = os.path.abspath(arguments.binary)
    failed = skipped = 0
    for fmt, is_pair in [(f, True) for f in TWO] + [(f, False) for f in ONE]:
        name, lacks = fmt[0], fmt[4]
        if arguments.format not in (None, name):
            continue
        faults, fixed = [], [0, 0]
        try:
            for number in range(arguments.rounds):
                rng = random.Random(f"{arguments.seed} {number} {name}")
                nasty = [n for n in NASTY if not set(n) & set(lacks)]
                with tempfile.TemporaryDirectory() as folder:
                    trip = Trip(binary, folder, fmt, is_pair, crlf=number % 3 == 2)
                    trip.write(rng, texts(rng, nasty))
                    before, pairs = trip.bytes(), trip.read()
                    trip.compare_reading(pairs)
                    fixed[0] += trip.compare_fix(before, pairs, "key0", "20 秒", "30 秒", "number-mismatch")
                    before, pairs = trip.bytes(), trip.read()
                    fixed[1] += trip.compare_fix(before, pairs, "key1", "群集", RIGHT_TERM, "term-deprecated")
                    faults += [f"round {number}: {fault}" for fault in trip.faults]
        except ModuleNotFoundError as error:
            print(f"{name}: skipped, {error.name} is not installed")
            skipped += 1
            continue
        if fixed[0] < arguments.rounds:
            faults.append(f"{arguments.rounds - fixed[0]} figures of {arguments.rounds} were not corrected")
        print(f"{name}: {arguments.rounds} rounds, {sum(fixed)} strings corrected, {len(faults)} faults")
        for fault in faults[:10]:
            print(f"    {fault}")
        failed += bool(faults)
    print(f"{failed} formats failed, {skipped} skipped")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
