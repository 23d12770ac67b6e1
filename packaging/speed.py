"""How fast `bilint filter` is beside OpusCleaner's num_mismatch and a plain program in Python with jieba.

    python3 -m venv venv && venv/bin/pip install opuscleaner jieba
    venv/bin/python packaging/speed.py target/release/bilint [PAIRS]

All in one run on the same pairs, no two alike, each in one thread; the best of three rounds in user time, so that other programs on
the machine count little. Needs Python 3.11 or later, and a system with `resource`.
"""

import importlib.util
import re
import resource
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def write_pairs(path, number):
    """The pairs of the briefing, each with a number of its own."""
    rows = [line.split("\t")[1:3] for line in (ROOT / "corpus/briefing.tsv").read_text().splitlines()[1:]]
    with open(path, "w") as out:
        for i in range(number):
            zh, en = rows[i % len(rows)]
            out.write(f"第{i}号：{zh}\tNo. {i}: {en}\n")


def seconds(command, path):
    """The least user time of the command, which reads the pairs."""
    best = float("inf")
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        with open(path) as pairs:
            subprocess.run(command, stdin=pairs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        best = min(best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return best


def plain_python():
    """What one writes first: cut the Chinese, look the words up, compare the figures and the lengths."""
    import jieba

    jieba.setLogLevel(60)
    official = {}
    for file in sorted((ROOT / "glossary").glob("*.toml")):
        for concept in tomllib.loads(file.read_text())["concept"]:
            text = lambda name: name if isinstance(name, str) else name["name"]
            english = [text(name).lower() for name in concept.get("en", [])]
            for name in map(text, concept.get("zh", [])):
                official[name] = english
                jieba.add_word(name)
    figure = re.compile(r"\d+(?:[.,]\d+)*")
    for line in sys.stdin:
        zh, en = line.rstrip("\n").split("\t")
        lower = en.lower()
        named = (official[word] for word in jieba.cut(zh) if word in official)
        is_right = all(not english or any(name in lower for name in english) for english in named)
        is_right &= set(figure.findall(zh)) == set(figure.findall(en))
        is_right &= 1 < (len(en) + 1) / (len(zh) + 1) < 8
        if is_right:
            sys.stdout.write(line)


def main():
    if sys.argv[1:] == ["--plain-python"]:
        plain_python()
        return
    binary = Path(sys.argv[1]).resolve()
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    opuscleaner = importlib.util.find_spec("opuscleaner")
    script = Path(opuscleaner.origin).parent / "filters/num_mismatch.py"
    bilint = [binary, "filter", "--quiet", "--no-config", "--threads", "1", "--columns", "zh,en"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.txt"
        write_pairs(path, number)
        figures = seconds([*bilint, "--select", "quantities"], path)
        num_mismatch = seconds([sys.executable, script], path)
        everything = seconds(bilint, path)
        plain = seconds([sys.executable, __file__, "--plain-python"], path)
    print(f"{number} pairs, user time in seconds")
    print(f"bilint filter --select quantities {figures:6.2f}   num_mismatch {num_mismatch:6.2f}   {num_mismatch / figures:4.1f} times as fast")
    print(f"bilint filter                     {everything:6.2f}   jieba        {plain:6.2f}   {plain / everything:4.1f} times as fast")


if __name__ == "__main__":
    main()
