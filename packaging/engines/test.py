"""Runs the programs of `docs/engines.md` in their engines, on this machine, and compares what they write with `bilint`.

    python3 -m venv venv && venv/bin/pip install BILINT.whl pyarrow duckdb polars pyspark 'ray[data]'
    venv/bin/python packaging/engines/test.py target/release/bilint [--all] [ENGINE …]

Spark needs Java 17 or later. An engine that is not installed is named and skipped; with --all, that is a failure.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import bilint

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import texts as test_texts  # noqa: E402

ENGINES = ["bilint filter", "duckdb", "polars", "pyspark", "ray", "pyarrow"]
ENVIRONMENT = {
    "PYSPARK_PYTHON": sys.executable,
    "SPARK_LOCAL_IP": "127.0.0.1",
    # The library behind the usual codec, snappy, does not load where the libraries of musl are installed beside others.
    "PYSPARK_SUBMIT_ARGS": " ".join(
        f"--conf {setting}"
        for setting in [
            "spark.master=local[2]",
            "spark.ui.enabled=false",
            "spark.sql.shuffle.partitions=4",
            "spark.sql.parquet.compression.codec=zstd",
        ]
    )
    + " pyspark-shell",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS": "0",
}


def table():
    """Two corpora of documents of twenty pairs. Every seventh document lacks an English paragraph."""
    texts = list(test_texts.pairs())
    rows = []
    for n, (zh, en) in enumerate(texts):
        doc = n // 20
        lacks = doc % 7 == 0 and n % 20 == 9
        rows.append({"corpus": "ab"[doc % 2], "doc": doc, "n": n, "zh": zh, "en": "" if lacks else en})
    return pa.Table.from_pylist(rows)


def programs():
    """The programs on the page, each with the engine that it imports."""
    page = (ROOT / "docs/engines.md").read_text(encoding="utf-8")
    for command in re.findall(r"```sh\nbilint (.*?)\n```", page, re.DOTALL):
        yield "bilint filter", f"import subprocess\n\nsubprocess.run({['./bilint', *command.split()]}, check=True)\n"
    for program in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        yield next(engine for engine in ENGINES[1:] if re.search(rf"^(import|from) {engine}\b", program, re.MULTILINE)), program


def annotated(table, binary):
    """What `bilint filter` adds to each pair, by its number."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.to_pylist())
    command = [binary, "filter", "--annotate", "--quiet", "--no-config"]
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    rows = map(json.loads, done.stdout.splitlines())
    return {row["n"]: (row["bilint_rules"], row["bilint_penalty"]) for row in rows}


def in_documents(table):
    """The findings of each document."""
    linter, found = bilint.Linter(), []
    for doc in sorted(set(table["doc"].to_pylist())):
        rows = [row for row in table.to_pylist() if row["doc"] == doc]
        sides = [[row[side] for row in rows if row[side]] for side in ("zh", "en")]
        found += [(doc, f["rule"], f["message"]) for f in linter.check(*sides)]
    return sorted(found)


def inconsistent(table):
    """The pairs that differ from others of their corpus, when each corpus is checked as a whole."""
    linter, found = bilint.Linter(select="inconsistent-translation"), set()
    for corpus in "ab":
        rows = [row for row in table.to_pylist() if row["corpus"] == corpus]
        indexes = {f["pair"]["index"] for f in linter.check_corpus((row["zh"], row["en"]) for row in rows)}
        found |= {(corpus, rows[index]["n"]) for index in indexes}
    return sorted(found)


def main():
    named = [a for a in sys.argv[2:] if a != "--all"]
    binary = Path(sys.argv[1]).resolve()
    texts = table()
    filtered = annotated(texts, binary)
    expected = {
        "annotated": sorted((n, *verdict) for n, verdict in filtered.items()),
        "clean": sorted(n for n, (_, penalty) in filtered.items() if penalty == 0),
        "documents": in_documents(texts),
        "inconsistent": inconsistent(texts),
    }
    print(f"{len(texts)} pairs; to find: {', '.join(f'{len(rows)} {name}' for name, rows in expected.items())}")
    read = {
        "annotated": lambda rows: sorted((row["n"], list(row["bilint_rules"]), row["bilint_penalty"]) for row in rows),
        "clean": lambda rows: sorted(row["n"] for row in rows),
        "documents": lambda rows: sorted((row["doc"], row["rule"], row["message"]) for row in rows),
        "inconsistent": lambda rows: sorted((row["corpus"], row["n"]) for row in rows),
    }
    missing = set()
    for engine, program in programs():
        if named and engine not in named:
            continue
        if engine != ENGINES[0] and importlib.util.find_spec(engine) is None:
            missing.add(engine)
            print(f"{engine}: not installed, skipped")
            continue
        with tempfile.TemporaryDirectory() as folder:
            pq.write_table(texts, Path(folder) / "pairs.parquet", row_group_size=500, compression="zstd")
            (Path(folder) / "program.py").write_text(program, encoding="utf-8")
            (Path(folder) / "bilint").symlink_to(binary)
            environment = {**os.environ, **ENVIRONMENT, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
            start = time.monotonic()
            done = subprocess.run(
                [sys.executable, "program.py"], cwd=folder, env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, encoding="utf-8", check=False,
            )
            if done.returncode != 0:
                sys.exit(f"{engine} failed:\n{program}\n{done.stdout}")
            (output,) = (p for p in Path(folder).glob("*.parquet") if p.name != "pairs.parquet")
            rows = pq.read_table(output).to_pylist()
        name = output.stem
        if read[name](rows) != expected[name]:
            differ = [pair for pair in zip(read[name](rows), expected[name]) if pair[0] != pair[1]]
            sys.exit(f"{engine} writes other rows than bilint ({len(rows)}, {len(expected[name])}): {differ[:2]}\n{program}")
        print(f"{engine}: {name} as by bilint, in {time.monotonic() - start:.0f} s")
    if missing and "--all" in sys.argv:
        sys.exit(1)


if __name__ == "__main__":
    main()
