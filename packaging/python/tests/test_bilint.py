"""Tests of the package as it is installed: `packaging/wheel.py` runs them in a fresh environment."""

import doctest
import json
import multiprocessing
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import bilint
from bilint import _api

ROOT = Path(__file__).resolve().parents[3]


def records(name):
    return [json.loads(line) for line in (ROOT / "tests/corpus" / name).read_text(encoding="utf-8").splitlines()]


def with_planted_errors():
    """Each text of the corpus, and again with an error if one was made for it."""
    planted = {plant["id"]: plant for plant in records("planted.jsonl")}
    for record in records("texts.jsonl"):
        yield record["zh"], record["en"]
        if plant := planted.get(record["id"]):
            en, at, end = record["en"], plant["at"], plant["at"] + len(plant["old"])
            assert en[at:end] == plant["old"]
            yield record["zh"], en[:at] + plant["new"] + en[end:]


PAIRS = [pair for pair in with_planted_errors() if "".join(pair).strip()]
WRONG = ("共有三家企业。", "There are four enterprises.")
RIGHT = ("共有三家企业。", "There are three enterprises.")


def command(*arguments, code=0, **options):
    """What the command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "bilint", *arguments], stdout=subprocess.PIPE, encoding="utf-8", check=False, **options
    )
    assert done.returncode == code, done
    return done.stdout


def content(finding):
    """A finding without what depends on how a file is written: its name, lines and columns."""
    copy = json.loads(json.dumps(finding))
    for part in [copy, copy["zh"], copy["en"], *copy["fixes"]]:
        for key in ["file", "line", "column", "end_line", "end_column", "fingerprint"]:
            (part or {}).pop(key, None)
    copy["pair"]["id"] = None
    return copy


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_the_command_is_that_of_the_library(tmp_path):
    assert command("--version").startswith(f"bilint {bilint.__version__}")
    assert "Usage" in command("check", "--help")
    command("check", "--no-such-option", code=2, stderr=subprocess.DEVNULL)
    (tmp_path / "a.tsv").write_text("zh\ten\n共有三家企业。\tThere are four enterprises.\n", encoding="utf-8")
    script = Path(sys.executable).with_name("bilint")
    done = subprocess.run([script, "check", "a.tsv"], cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "number-mismatch" in done.stdout


def test_a_closed_pipe_is_a_quiet_end():
    done = subprocess.run(
        f"'{sys.executable}' -m bilint rules | head -1; exit ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_finding_is_the_object_that_the_command_prints(tmp_path):
    """Also its bytes, and its fingerprint if the name is that of the file."""
    rows = "".join(json.dumps({"zh": zh, "en": en}, ensure_ascii=False) + "\n" for zh, en in PAIRS)
    (tmp_path / "pairs.jsonl").write_text(rows, encoding="utf-8")
    printed = command("check", "--format", "jsonl", "--fail-on", "never", "pairs.jsonl", cwd=tmp_path)
    found = bilint.Linter().check_corpus(PAIRS, name="pairs.jsonl")
    expected = lines(printed)
    assert len(expected) > 50
    assert [content(f) for f in found] == [content(f) for f in expected]
    assert [f["rule"] for f in found] == [f["rule"] for f in expected]
    assert len({f["fingerprint"] for f in found}) == len(found)
    # From the same folder, the fingerprints are those of the file, too, and the bytes those of the line.
    program = (
        "import sys, json, bilint\n"
        "pairs = [(r['zh'], r['en']) for r in map(json.loads, open('pairs.jsonl', encoding='utf-8'))]\n"
        "found = bilint.Linter().check_corpus(pairs, name='pairs.jsonl')\n"
        "print(json.dumps([f['fingerprint'] for f in found]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE, check=True)
    assert json.loads(done.stdout) == [f["fingerprint"] for f in expected]
    again = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in bilint.Linter().check_files(tmp_path / "pairs.jsonl")]
    own = command("check", "--format", "jsonl", "--fail-on", "never", str(tmp_path / "pairs.jsonl"))
    assert again == own.splitlines()


def test_pairs_are_judged_as_filter_judges_them():
    rows = "".join(json.dumps({"zh": zh, "en": en}, ensure_ascii=False) + "\n" for zh, en in PAIRS)
    printed = lines(command("filter", "--no-config", "--annotate", "--quiet", "--severity", "note", input=rows))
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"zh": [zh for zh, _ in PAIRS], "en": [en for _, en in PAIRS]})
    annotated = bilint.Linter().annotate(table, severity="note", findings=True).to_pylist()
    assert annotated[0].keys() == {*printed[0], "bilint_findings"}
    for row, expected in zip(annotated, printed, strict=True):
        found = json.loads(row.pop("bilint_findings"))
        assert row == expected
        assert sorted({f["rule"] for f in found}) == row["bilint_rules"]


def test_a_document_is_aligned():
    zh = ["会议在北京举行。", "共有三家企业参加。", "会议还讨论了开放科学。"]
    en = ["The meeting was held in Beijing.", "Open science was discussed, too."]
    (finding,) = bilint.check(zh, en)
    assert finding["rule"] == "paragraph-omitted"
    assert (finding["pair"]["zh_blocks"], finding["zh"]["block"]) == ([1], 1)
    record = json.dumps({"id": "7", "zh": zh, "en": en}, ensure_ascii=False) + "\n"
    printed = command("check", "--format", "jsonl", "-", input=record, code=1)
    (same,) = bilint.Linter().check(zh, en, name="<stdin>", id="7")
    assert content(same) == content(json.loads(printed))
    assert same["pair"]["id"] == "7"


def test_settings(tmp_path):
    assert [f["rule"] for f in bilint.check(*WRONG)] == ["number-mismatch"]
    assert bilint.check(*WRONG, ignore="quantities") == []
    assert bilint.check(*WRONG, select=["terms"]) == []
    names = tmp_path / "names.tsv"
    names.write_text("zh\ten\n高海拔站\tHigh-altitude Station\n", encoding="utf-8")
    pair = ("高海拔站建成。", "The observatory was completed.")
    assert bilint.check(*pair) == []
    (finding,) = bilint.check(*pair, glossary=[names, "builtin"])
    assert finding["expected"] == ["High-altitude Station"]
    config = tmp_path / "bilint.toml"
    config.write_text('[rules]\nnumber-mismatch = "note"\n', encoding="utf-8")
    assert bilint.check(*WRONG, config=config)[0]["severity"] == "note"
    chinese = bilint.check("大规模聚类很常见。", "Large clusters are common.", direction="en-zh")
    assert isinstance(chinese, list)


def test_errors_say_what_is_wrong(tmp_path):
    with pytest.raises(ValueError, match="did you mean `number-mismatch`"):
        bilint.Linter(select="number-mismatc")
    with pytest.raises(ValueError, match="official, news"):
        bilint.Linter(profile="poem")
    with pytest.raises(ValueError, match="no such file"):
        bilint.Linter().check_files(tmp_path / "none.tsv")
    with pytest.raises(ValueError, match="term-inconsistent|compares"):
        bilint.Linter(select="inconsistent-translation").check_pairs([WRONG])
    with pytest.raises(TypeError, match="unknown setting 'colour'"):
        bilint.Linter(colour="red")
    with pytest.raises(TypeError):
        bilint.check("一", ["one"])
    with pytest.raises(TypeError):
        bilint.check(1, 2)
    with pytest.raises(ValueError, match="“fr” is no language"):
        bilint.quantities("3", "fr")


def test_any_text_is_checked():
    texts = ["", " ", "\n", "共有\n三家", "\u0000", "😀" * 500, "，" * 2000, "\u202e三"]
    for zh in texts:
        for en in texts:
            assert isinstance(bilint.check(zh, en), list)
            assert isinstance(bilint.check([zh, zh], [en]), list)
    assert bilint.Linter().check_pairs([]) == []
    assert bilint.Linter().check_corpus([]) == []
    with pytest.raises((ValueError, UnicodeError)):
        bilint.check("\ud800", "x")


def test_spans_count_characters():
    (finding,) = bilint.check("😀共有三家企业。", "😀 There are four enterprises.")
    for text, label in [("😀共有三家企业。", finding["zh"]), ("😀 There are four enterprises.", finding["en"])]:
        assert text[label["start"] : label["end"]] == label["text"]


def test_other_threads_go_on_during_a_check():
    linter, count, done = bilint.Linter(threads=1), 0, threading.Event()

    def check():
        linter.check_pairs(PAIRS * (1 + 20_000 // len(PAIRS)))
        done.set()

    thread = threading.Thread(target=check)
    thread.start()
    while not done.is_set():
        time.sleep(0.001)
        count += 1
    thread.join()
    # A check that held the interpreter would let this thread count only while its texts come and its findings go.
    assert count > 20


def test_threads_change_nothing():
    found = [bilint.Linter(threads=n).check_pairs(PAIRS) for n in (1, 2, 4)]
    assert found[0] == found[1] == found[2]
    assert sum(map(bool, found[0])) > 50


def test_a_linter_survives_a_fork_and_a_pickle():
    linter = bilint.Linter(select="quantities")
    expected = linter.check(*WRONG)
    assert pickle.loads(pickle.dumps(linter)).check(*WRONG) == expected
    assert len(pickle.loads(pickle.dumps(bilint.Glossary()))) == len(bilint.Glossary())
    for method in ["fork", "spawn"] if sys.platform == "linux" else ["spawn"]:
        with multiprocessing.get_context(method).Pool(2) as pool:
            assert pool.starmap_async(linter.check, [WRONG] * 4).get(timeout=60) == [expected] * 4


def test_arrow_in_its_shapes():
    pa = pytest.importorskip("pyarrow")
    linter = bilint.Linter()
    zh, en = zip(WRONG, RIGHT, WRONG)
    expected = [["number-mismatch"], [], ["number-mismatch"]]
    table = pa.table({"id": [1, 2, 3], "zh": zh, "en": en}).replace_schema_metadata({"a": "b"})
    annotated = linter.annotate(table)
    assert annotated.column_names == ["id", "zh", "en", "bilint_rules", "bilint_penalty"]
    assert annotated["bilint_rules"].to_pylist() == expected
    assert annotated["bilint_penalty"].to_pylist() == [5, 0, 5]
    batch = linter.annotate(table.to_batches()[0], findings=True)
    assert isinstance(batch, pa.RecordBatch)
    assert batch.schema.metadata == {b"a": b"b"}
    assert json.loads(batch["bilint_findings"][0].as_py())[0]["rule"] == "number-mismatch"
    reader = linter.annotate(pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=1)))
    assert isinstance(reader, pa.RecordBatchReader)
    assert reader.read_all() == annotated
    for kind in [pa.large_string(), pa.string_view() if hasattr(pa, "string_view") else pa.string()]:
        other = table.set_column(1, "zh", table["zh"].cast(kind))
        assert linter.annotate(other)["bilint_rules"].to_pylist() == expected
    codes = table.set_column(1, "zh", table["zh"].dictionary_encode())
    assert linter.annotate(codes)["bilint_rules"].to_pylist() == expected
    none = pa.table({"zh": pa.array([None, None, "三家"]), "en": pa.array([None, "Three", None])})
    rules = linter.annotate(none, severity="note")["bilint_rules"].to_pylist()
    assert rules == [[f["rule"] for f in found] for found in linter.check_pairs([("", ""), ("", "Three"), ("三家", "")])]
    assert linter.annotate(table.slice(0, 0)).num_rows == 0
    renamed = table.rename_columns(["id", "source", "target"])
    assert linter.annotate(renamed, zh="source", en="target")["bilint_rules"].to_pylist() == expected
    with pytest.raises(KeyError):
        linter.annotate(renamed)


def test_aligning_is_that_of_the_command(tmp_path):
    zh = ["会议在北京举行。", "共有三家企业参加。", "会议还讨论了开放科学。"]
    en = ["The meeting was held in Beijing.", "Open science was discussed, too."]
    beads = bilint.align(zh, en)
    assert [(b["zh"], b["en"]) for b in beads] == [([0], [0]), ([1], []), ([2], [1])]
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "zh": zh, "en": en}), encoding="utf-8")
    for unit in ["paragraph", "sentence"]:
        printed = command("align", "--no-config", "--unit", unit, "--format", "jsonl", "a.jsonl", cwd=tmp_path)
        assert bilint.align(zh, en, unit=unit) == lines(printed)
    assert bilint.align("\n".join(zh), "\n\n".join(en)) == beads


def test_quantities_and_glossaries_are_those_of_the_command():
    text = "总投资23亿元，同比增长5%，约三成在上海。"
    assert bilint.quantities(text) == json.loads(command("quantities", "--format", "json", text))
    glossary = bilint.Glossary()
    found = glossary.find("中科院", limit=3)
    assert found == json.loads(command("glossary", "find", "--no-config", "--limit", "3", "--format", "json", "中科院"))
    shown = json.loads(command("glossary", "show", "--no-config", "--format", "json", "cas"))
    assert glossary["cas"] == glossary["中国科学院"] == shown
    assert "cas" in glossary and "no-such-name" not in glossary
    assert len(list(glossary)) == len(glossary) > 3000
    with pytest.raises(KeyError):
        glossary["no-such-name"]


def test_the_types_are_those_of_the_schema():
    schema = json.loads((ROOT / "docs/bilint-output.schema.json").read_text(encoding="utf-8"))["$defs"]
    for name in ["Finding", "Pair", "Label", "Fix"]:
        assert getattr(bilint, name).__annotations__.keys() <= schema[name]["properties"].keys(), name
        keys = getattr(bilint, name).__required_keys__ | getattr(bilint, name).__optional_keys__
        assert keys == schema[name]["properties"].keys(), name
        assert getattr(bilint, name).__required_keys__ == set(schema[name]["required"]), name


def test_examples_in_the_documentation():
    pytest.importorskip("pyarrow")
    for module in [bilint, _api]:
        assert doctest.testmod(module).failed == 0
    page = ROOT / "packaging/python/README.md"
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


def test_the_licences_of_the_data_are_in_the_package():
    from importlib.metadata import distribution

    listed = (ROOT / "packaging/licences.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in listed if not line.startswith("#")]
    assert len(rows) > 5
    for original, name, *_ in rows:
        text = distribution("bilint").read_text(f"licenses/{name}")
        assert text == (ROOT / original).read_text(encoding="utf-8"), name
