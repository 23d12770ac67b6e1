"""Filters millions of generated pairs in partitions, and says what a billion would take.

    python3 packaging/engines/scale.py target/release/bilint [--pairs 10000000] [--partitions 10] [--way filter|package]

Each partition is a process of its own, as a worker of an engine is, one after the other: `bilint filter --annotate` with one thread, or
the Python package on batches of Arrow. No two pairs are alike; they are those of the tests, errors included, each with a number of its own. A
partition is generated while it is read, so that nothing is on the disk. Prints the processor time of the worker without that of the generator,
and its peak memory: flat memory is as much for the last partition as for the first, and as much for a large one as for a small one.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import texts as test_texts  # noqa: E402

BATCH = 10_000


def pairs(start, end):
    """The pairs with these numbers."""
    known = [pair for pair in test_texts.pairs() if not any(mark in "".join(pair) for mark in "\n\t\r")]
    for i in range(start, end):
        zh, en = known[i % len(known)]
        yield f"第{i}号：{zh}", f"No. {i}: {en}"


def run_package(start, end):
    """Annotates a partition by the package, batch by batch. Prints the time that the generator took."""
    import pyarrow as pa

    import bilint

    generated = 0.0

    def batches():
        nonlocal generated
        source = pairs(start, end)
        while True:
            before = time.process_time()
            part = [pair for pair, _ in zip(source, range(BATCH))]
            batch = pa.RecordBatch.from_arrays([pa.array(side) for side in zip(*part)], schema=schema) if part else None
            generated += time.process_time() - before
            if batch is None:
                return
            yield batch

    schema = pa.schema({"zh": pa.string(), "en": pa.string()})
    reader = pa.RecordBatchReader.from_batches(schema, batches())
    found = 0
    for batch in bilint.Linter(threads=1).annotate(reader):
        found += sum(map(bool, batch["bilint_rules"].to_pylist()))
    print(json.dumps({"generated": generated, "found": found}))


def partition(arguments, start, end):
    """Seconds of processor time, peak MB, and the pairs with findings of a partition."""
    if arguments.way == "package":
        command = [sys.executable, __file__, "-", "--worker", str(start), str(end)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        told = json.loads(process.stdout.read())
        generated, found = told["generated"], told["found"]
    else:
        command = [arguments.binary, "filter", "--annotate", "--quiet", "--no-config", "--threads", "1", "--columns", "zh,en"]
        count = ["awk", "-F", "\t", '$3 != "" { n++ } END { print n + 0 }']
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        counter = subprocess.Popen(count, stdin=process.stdout, stdout=subprocess.PIPE)
        process.stdout.close()
        part = []
        for pair in pairs(start, end):
            part.append("\t".join(pair) + "\n")
            if len(part) == BATCH:
                process.stdin.write("".join(part).encode())
                part.clear()
        process.stdin.write("".join(part).encode())
        process.stdin.close()
        generated, found = 0.0, None
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed: {status}")
    if found is None:
        found = int(counter.communicate()[0])
    return used.ru_utime + used.ru_stime - generated, used.ru_maxrss / 1024, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--pairs", type=int, default=10_000_000)
    parser.add_argument("--partitions", type=int, default=10)
    parser.add_argument("--way", choices=["filter", "package"], default="filter")
    parser.add_argument("--worker", nargs=2, type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        run_package(*arguments.worker)
        return
    size = arguments.pairs // arguments.partitions
    total, found, peaks, start = 0.0, 0, [], time.monotonic()
    for number in range(arguments.partitions):
        seconds, peak, reported = partition(arguments, number * size, (number + 1) * size)
        total, found = total + seconds, found + reported
        peaks.append(peak)
        load = os.getloadavg()[0]
        print(f"partition {number}: {size:,} pairs, {seconds:.1f} s, {peak:.0f} MB, {reported:,} reported (load {load:.1f})", flush=True)
    done = size * arguments.partitions
    hours = total / done * 1e9 / 3600
    print(f"{done:,} pairs by {arguments.way}: {total:.0f} s of processor time, {time.monotonic() - start:.0f} s elapsed, "
          f"{min(peaks):.0f} to {max(peaks):.0f} MB, {found / done:.1%} reported; a billion: {hours:.1f} core-hours")


if __name__ == "__main__":
    main()
