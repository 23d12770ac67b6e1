"""Compares what 300 documents give by every way into bilint: `check`, `filter` of text and of Parquet, `lsp`, the Python package, and Spark if
it is installed.

    python3 -m venv venv && venv/bin/pip install BILINT.whl pyspark pyarrow
    venv/bin/python packaging/doors.py target/release/bilint

A hundred documents are pairs of Markdown files, a hundred are files of pairs, and a hundred are records of whole documents. Their texts are
those of the tests, with planted errors, dropped and exchanged paragraphs. Ends with exit code 1 at the first difference.
"""

import importlib.util
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import pyarrow as pa
import pyarrow.parquet as pq

import bilint

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import texts as test_texts  # noqa: E402
from lsp_load import Server  # noqa: E402

COUNT = 100
PLACE = ["file", "line", "column", "end_line", "end_column"]


def documents(chance):
    """Lists of pairs that follow each other."""
    pairs = [pair for pair in test_texts.pairs() if all(text.strip() and "\n" not in text and "\t" not in text for text in pair)]
    for _ in range(COUNT):
        start = chance.randrange(len(pairs) - 20)
        yield pairs[start : start + chance.randrange(3, 20)]


def disturbed(pairs, chance):
    """Chinese and English paragraphs, of which some are dropped or exchanged."""
    sides = [list(side) for side in zip(*pairs)]
    for side in sides:
        if chance.random() < 0.5:
            del side[chance.randrange(len(side))]
        if chance.random() < 0.3 and len(side) > 3:
            at = chance.randrange(len(side) - 1)
            side[at], side[at + 1] = side[at + 1], side[at]
    return sides


class Doors:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.linter = bilint.Linter()
        self.server = Server(binary, folder)
        self.findings = 0

    def command(self, *arguments):
        done = subprocess.run(
            [self.binary, *arguments, "--no-config"], cwd=self.folder, stdout=subprocess.PIPE, encoding="utf-8", check=False
        )
        assert done.returncode in (0, 1), (arguments, done.returncode)
        return done.stdout.splitlines()

    def check(self, *names):
        """The lines of `check`: the measure of all others."""
        lines = self.command("check", "--format", "jsonl", *names)
        self.findings += len(lines)
        return lines

    def compare_files(self, names, lines):
        """The files by the package, byte for byte, and in the editor."""
        same("check_files", names, self.linter.check_files(*names), lines, as_line)
        for name in names:
            self.server.open(name)
        self.server.settle(names[-1])
        shown = {}
        for name in names:
            published = self.server.diagnostics.get(self.server.uri(name), {"diagnostics": []})
            for diagnostic in published["diagnostics"]:
                shown.setdefault(diagnostic["data"], []).append((name, diagnostic))
        findings = [json.loads(line) for line in lines]
        expected = {f["fingerprint"] for f in findings}
        assert shown.keys() == expected, ("lsp", names, shown.keys() ^ expected)
        severities = {"error": 1, "warning": 2, "note": 3}
        for finding in findings:
            diagnostics = shown[finding["fingerprint"]]
            for name, diagnostic in diagnostics:
                assert diagnostic["code"] == finding["rule"], ("lsp", names, diagnostic, finding)
                assert diagnostic["severity"] == severities[finding["severity"]], ("lsp", names, diagnostic, finding)
            side = finding["en"] or finding["zh"]
            start = {"line": side["line"] - 1, "character": side["column"] - 1}
            places = [diagnostic["range"]["start"] for name, diagnostic in diagnostics if name == side["file"]]
            assert start in places, ("lsp", names, places, finding)
            assert any(finding["message"] in d["message"] for _, d in diagnostics), ("lsp", names, diagnostics, finding)
        for name in names:
            self.server.notify("textDocument/didClose", {"textDocument": {"uri": self.server.uri(name)}})

    def filtered(self, name):
        """The records of a file with what `filter` adds."""
        return [json.loads(line) for line in self.command("filter", "--annotate", "--quiet", "--severity", "note", name)]


    def filtered_parquet(self, name, pairs):
        """The rows of a Parquet file of these pairs with what `filter` adds."""
        zh, en = zip(*pairs)
        pq.write_table(pa.table({"zh": zh, "en": en}), f"{name}.parquet", row_group_size=7)
        self.command("filter", "--annotate", "--quiet", "--severity", "note", f"{name}.parquet", "-o", "annotated.parquet")
        return pq.read_table("annotated.parquet").to_pylist()


def as_line(finding):
    return json.dumps(finding, ensure_ascii=False, separators=(",", ":"))


def content(finding):
    """A finding without the places in its file, which depend on how the file is written."""
    finding = json.loads(finding) if isinstance(finding, str) else json.loads(json.dumps(finding))
    for part in [finding, finding["zh"], finding["en"], *finding["fixes"]]:
        for key in PLACE:
            (part or {}).pop(key, None)
    # Messages name lines of other texts.
    for key in ["message", "why", "help"]:
        finding[key] = finding[key] and re.sub(r"(\.jsonl):\d+", r"\1", finding[key])
    return finding


def same(door, names, found, expected, form):
    found, expected = [form(f) for f in found], [form(f) if form is content else f for f in expected]
    if found != expected:
        pairs = [pair for pair in zip(found, expected) if pair[0] != pair[1]]
        sys.exit(f"{door} differs for {names}: {len(found)} and {len(expected)} findings; {pairs[:1]}")


def rules(findings):
    return sorted({f["rule"] for f in findings})


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    chance = random.Random(21)
    spark_pairs, spark_documents = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        os.chdir(folder)
        doors = Doors(binary, folder)

        for number, pairs in enumerate(documents(chance)):
            zh, en = disturbed(pairs, chance)
            names = [f"{number}.zh.md", f"{number}.en.md"]
            for file, side in zip(names, [zh, en]):
                pathlib.Path(file).write_text("\n\n".join(side) + "\n", encoding="utf-8")
            doors.compare_files(names, doors.check(*names))

        compares = {"term-inconsistent", "inconsistent-translation"}
        for number, pairs in enumerate(documents(chance)):
            file = f"pairs-{number}.jsonl"
            lines = [json.dumps({"zh": zh, "en": en}, ensure_ascii=False) + "\n" for zh, en in pairs]
            pathlib.Path(file).write_text("".join(lines), encoding="utf-8")
            checked = doors.check(file)
            doors.compare_files([file], checked)
            same("check_corpus", file, doors.linter.check_corpus(pairs, name=file), checked, content)
            # Without the rules that compare pairs. One may take the place of another's finding, so that `check` runs again.
            alone = doors.check(file, "--ignore", ",".join(compares))
            by_pair = doors.linter.check_pairs(pairs, name=file)
            same("check_pairs", file, [f for found in by_pair for f in found], alone, content)
            filtered = doors.filtered(file)
            assert [row["bilint_rules"] for row in filtered] == [rules(found) for found in by_pair], ("filter", file)
            assert doors.filtered_parquet(file, pairs) == filtered, ("filter of Parquet", file)
            spark_pairs += [
                (number, n, *pair, row["bilint_rules"], row["bilint_penalty"], [as_line(f) for f in found])
                for n, (pair, row, found) in enumerate(zip(pairs, filtered, doors.linter.check_pairs(pairs)))
            ]

        for number, pairs in enumerate(documents(chance)):
            zh, en = disturbed(pairs, chance)
            file = f"document-{number}.jsonl"
            record = json.dumps({"id": str(number), "zh": zh, "en": en}, ensure_ascii=False) + "\n"
            pathlib.Path(file).write_text(record, encoding="utf-8")
            checked = doors.check(file)
            doors.compare_files([file], checked)
            same("check", file, doors.linter.check(zh, en, name=file, id=str(number)), checked, content)
            (row,) = doors.filtered(file)
            alone = doors.check(file, "--ignore", ",".join(compares))
            assert row["bilint_rules"] == rules(map(json.loads, alone)), ("filter", file)
            spark_documents.append((number, zh, en, [as_line(f) for f in doors.linter.check(zh, en)]))

        doors.server.leave()
        ways = "check, filter, lsp and the package"
        if importlib.util.find_spec("pyspark"):
            compare_spark(spark_pairs, spark_documents)
            ways += " and Spark"
        else:
            print("pyspark: not installed, skipped")
    print(f"{3 * COUNT} documents, {doors.findings} findings: {ways} agree")


def compare_spark(pairs, records):
    """The same in the workers of Spark: the pairs of each file as a group, and each record of a document as a row."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")

    def annotate(table):
        return bilint.Linter(threads=1).annotate(table.sort_by("n"), severity="note", findings=True)

    schema = "doc int, n int, zh string, en string, bilint_rules array<string>, bilint_penalty double, bilint_findings string"
    frame = spark.createDataFrame([row[:4] for row in pairs], "doc int, n int, zh string, en string")
    rows = frame.groupBy("doc").applyInArrow(annotate, schema).collect()
    found = sorted((*row[:5], row[5], [as_line(f) for f in json.loads(row[6])]) for row in map(tuple, rows))
    for one, other in zip(found, sorted(pairs), strict=True):
        # Each document was a call of its own here and there, so that even the numbers of the pairs are the same.
        assert one == other, ("spark", one, other)

    def check(batches):
        linter = bilint.Linter(threads=1)
        for batch in batches:
            lists = zip(batch["zh"].to_pylist(), batch["en"].to_pylist())
            findings = [[as_line(f) for f in linter.check(zh, en)] for zh, en in lists]
            yield pa.RecordBatch.from_pydict({"doc": batch["doc"], "findings": pa.array(findings, pa.list_(pa.string()))})

    frame = spark.createDataFrame([row[:3] for row in records], "doc int, zh array<string>, en array<string>")
    rows = frame.mapInArrow(check, "doc int, findings array<string>").collect()
    assert dict(map(tuple, rows)) == {row[0]: row[3] for row in records}, "spark"
    spark.stop()


if __name__ == "__main__":
    main()
