"""Runs bilint inside OpusCleaner, OpusFilter and datatrove, and compares what they keep with `bilint filter`.

    python3 -m venv venv && venv/bin/pip install opuscleaner opusfilter 'datatrove[io]' orjson
    venv/bin/python packaging/test.py target/release/bilint

A package that is not installed is named and skipped; with --all, it is a failure. Needs Python 3.10 or later.
"""

import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAIRS = [
    ("共有三家企业。", "There are three enterprises."),
    ("共有三家企业。", "There are four enterprises."),
    ("他说：“开放", 'He said, "Open'),
    ("总投资23亿元。", "The total investment is 230 million yuan."),
    ("会议在北京举行。", "The meeting was held in Beijing."),
]
SELECT = ["--select", "quantities"]


def kept_by_bilint():
    """The pairs that the program keeps by itself."""
    lines = "".join(f"{zh}\t{en}\n" for zh, en in PAIRS)
    command = ["bilint", "filter", "--quiet", "--no-config", "--columns", "zh,en", *SELECT]
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


def kept_by_opuscleaner(folder):
    """The descriptor in a pipeline of opuscleaner-clean, on English and Chinese in that order."""
    pipeline = {
        "version": 1,
        "files": [],
        "filters": [{"filter": "bilint", "parameters": {"SELECT": SELECT[1], "SEVERITY": "error"}, "language": None}],
    }
    (folder / "pairs.filters.json").write_text(json.dumps(pipeline))
    program = Path(sys.executable).parent / "opuscleaner-clean"
    filters = str(HERE / "opuscleaner" / "*.json")
    command = [program, "--filters", filters, "--input", "-", folder / "pairs.filters.json", "en", "zh"]
    lines = "".join(f"{en}\t{zh}\n" for zh, en in PAIRS)
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return [tuple(reversed(line.split("\t"))) for line in done.stdout.splitlines()]


def kept_by_opusfilter(folder):
    """The class in a `filter` step of opusfilter, on two files."""
    for side, name in enumerate(["a.zh", "a.en"]):
        (folder / name).write_text("".join(pair[side] + "\n" for pair in PAIRS))
    config = f"""
common: {{output_directory: {folder}}}
steps:
  - type: filter
    parameters:
      inputs: [a.zh, a.en]
      outputs: [b.zh, b.en]
      filters:
        - BilintFilter: {{languages: [zh, en], arguments: {json.dumps(SELECT)}}}
          module: bilint_opusfilter
"""
    (folder / "config.yaml").write_text(config)
    environment = {**os.environ, "PYTHONPATH": str(HERE / "opusfilter")}
    program = Path(sys.executable).parent / "opusfilter"
    subprocess.run([program, folder / "config.yaml"], check=True, env=environment, stderr=subprocess.DEVNULL)
    zh, en = ((folder / name).read_text().splitlines() for name in ["b.zh", "b.en"])
    return list(zip(zh, en))


def kept_by_datatrove(folder):
    """The block in a local pipeline, with a writer for what it removes."""
    sys.path.insert(0, str(HERE / "datatrove"))
    from bilint_datatrove import BilintFilter
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.writers.jsonl import JsonlWriter
    from loguru import logger

    logger.remove()
    documents = [Document(text=zh, id=str(i), metadata={"en": en}) for i, (zh, en) in enumerate(PAIRS)]
    block = BilintFilter(zh="text", arguments=SELECT, exclusion_writer=JsonlWriter(str(folder / "removed")))
    pipeline = [documents, block, JsonlWriter(str(folder / "kept"))]
    LocalPipelineExecutor(pipeline, logging_dir=str(folder / "logs"), skip_completed=False).run()

    def read(name):
        lines = [line for path in (folder / name).rglob("*.gz") for line in gzip.open(path, "rt")]
        return [json.loads(line) for line in lines]

    reasons = {record["metadata"]["filter_reason"] for record in read("removed")}
    assert reasons == {"number-mismatch", "scale-mismatch"}, reasons
    return [(record["text"], record["metadata"]["en"]) for record in read("kept")]


def main():
    arguments = [a for a in sys.argv[1:] if a != "--all"]
    binary = Path(arguments[0]).resolve()
    os.environ["PATH"] = f"{binary.parent}{os.pathsep}{os.environ['PATH']}"
    expected = kept_by_bilint()
    assert expected == [PAIRS[0], PAIRS[2], PAIRS[4]], expected
    missing = []
    for package, kept in [
        ("opuscleaner", kept_by_opuscleaner),
        ("opusfilter", kept_by_opusfilter),
        ("datatrove", kept_by_datatrove),
    ]:
        if importlib.util.find_spec(package) is None:
            missing.append(package)
            print(f"{package}: not installed, skipped")
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = kept(Path(folder))
        assert found == expected, (package, found)
        print(f"{package}: keeps what bilint keeps")
    if missing and "--all" in sys.argv:
        sys.exit(1)


if __name__ == "__main__":
    main()
