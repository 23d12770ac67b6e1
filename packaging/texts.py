"""The pairs of the tests, for the scripts of this folder."""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def records(name):
    """The records of a file of tests/corpus."""
    return [json.loads(line) for line in (ROOT / "tests/corpus" / name).read_text(encoding="utf-8").splitlines()]


def pairs():
    """The pairs of the tests, and again with an error where one was made for them."""
    planted = {plant["id"]: plant for plant in records("planted.jsonl")}
    for record in records("texts.jsonl"):
        yield record["zh"], record["en"]
        if plant := planted.get(record["id"]):
            en, at = record["en"], plant["at"]
            yield record["zh"], en[:at] + plant["new"] + en[at + len(plant["old"]) :]
