"""Documents of other projects: nothing that other programs read is lost, and comments are on the right characters.

    python3 tests/real_documents.py target/debug/bilint CLONES

CLONES is a folder with git clones, named like the repositories in `real_documents.tsv`, which lists the files with their commits, and
how many words bilint leaves out on purpose.
The documents are in English, so each is checked against a short Chinese text; most of its paragraphs are then findings. Needs
LibreOffice (`soffice`), which reads the documents, and python-pptx, which reads the presentations.
"""

import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

BILINT, CLONES = (pathlib.Path(arg).resolve() for arg in sys.argv[1:3])
LIST = pathlib.Path(__file__).with_suffix(".tsv")
CHINESE = "共有三家企业。\n\n第二段说明情况。\n"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The parts that a comment needs: the body, the comments, and what refers to them.
CHANGED = {"[Content_Types].xml", "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"}


def bilint(folder, *args):
    result = subprocess.run([BILINT, *args], cwd=folder, capture_output=True, text=True)
    # The Chinese, which is plain text, gets no copy with comments.
    is_expected = "cannot annotate zh.txt" in result.stderr and result.stderr.count("error: ") == 1
    assert result.returncode in (0, 1) or is_expected, (args, result.stderr)
    return result.stdout


def words(text):
    """Words of letters: LibreOffice numbers lists and pages, which documents do not contain."""
    return collections.Counter(re.findall(r"[^\W\d_]{2,}", text))


def text_by_libreoffice(folder, name):
    out = (folder / name).with_suffix(".txt")
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    to = "txt:Text (encoded):UTF8"
    # It fails at its first start with a new profile now and then.
    for _ in range(3):
        subprocess.run(["soffice", "--headless", profile, "--convert-to", to, "--outdir", folder, folder / name], capture_output=True)
        if out.exists():
            return out.read_text(encoding="utf-8-sig")
    raise AssertionError(f"LibreOffice does not convert {name}")


def text_by_python_pptx(folder, name):
    def of_shapes(shapes):
        for shape in shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                yield from of_shapes(shape.shapes)
            if shape.has_text_frame and not is_generated(shape):
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)

    def is_generated(shape):
        generated = {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE}
        return shape.is_placeholder and shape.placeholder_format.type in generated

    texts = []
    for slide in pptx.Presentation(folder / name).slides:
        texts.extend(of_shapes(slide.shapes))
        if slide.has_notes_slide:
            texts.extend(of_shapes(slide.notes_slide.shapes))
    return "\n".join(texts)


def text_by_bilint(folder, name):
    beads = bilint(folder, "align", "--no-config", "zh.txt", name, "--format", "jsonl")
    return "\n".join(text for bead in beads.splitlines() for text in json.loads(bead)["en_text"])


def commented(document, comments):
    """The text that each comment of bilint is on, by what the comment says."""
    own = {}
    for comment in xml.etree.ElementTree.fromstring(comments):
        if comment.get(f"{WORD}author") == "bilint":
            own[comment.get(f"{WORD}id")] = "".join(t.text or "" for t in comment.iter(f"{WORD}t"))
    open_ids, texts = set(), collections.defaultdict(str)
    skipped = {f"{WORD}{name}" for name in ["del", "moveFrom", "instrText"]}

    def walk(element):
        if element.tag == f"{WORD}commentRangeStart":
            open_ids.add(element.get(f"{WORD}id"))
        if element.tag == f"{WORD}commentRangeEnd":
            open_ids.discard(element.get(f"{WORD}id"))
        if element.tag == f"{WORD}t":
            for number in open_ids:
                texts[number] += element.text or ""
        for child in element:
            if child.tag not in skipped:
                walk(child)

    walk(xml.etree.ElementTree.fromstring(document))
    return [(own[number], texts[number]) for number in own]


def check_comments(folder, name):
    report = bilint(folder, "check", "--no-config", "zh.txt", name, "--format", "json", "--annotate", "copies/")
    findings = [f for f in json.loads(report)["findings"] if f["file"] == name]
    before, after = (zipfile.ZipFile(path) for path in [folder / name, folder / "copies" / name])
    for part in before.namelist():
        if part not in CHANGED:
            assert before.read(part) == after.read(part), f"{part} changed"
    if not findings:
        return 0
    placed = commented(after.read("word/document.xml"), after.read("word/comments.xml"))
    assert len(placed) == len(findings), (len(placed), len(findings))
    same = lambda text: re.sub(r"\s+", "", text)
    for finding, (said, text) in zip(findings, placed):
        assert finding["message"][:20] in said, (finding["message"], said)
        # A comment on a text that can have none quotes it instead.
        label = same(finding["en"]["text"])
        assert label == same(text) or label in same(said), (label, text, said)
    return len(findings)


def main():
    total = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        for number, line in enumerate(LIST.read_text(encoding="utf-8").splitlines()[1:]):
            repository, commit, path, left_out, _ = line.split("\t")
            folder = pathlib.Path(name) / str(number)
            folder.mkdir()
            (folder / "zh.txt").write_text(CHINESE, encoding="utf-8")
            file = "document" + pathlib.Path(path).suffix
            clone = CLONES / repository.split("/")[1]
            shown = subprocess.run(["git", "-C", clone, "show", f"{commit}:{path}"], check=True, capture_output=True)
            (folder / file).write_bytes(shown.stdout)
            digest = hashlib.sha256(shown.stdout).digest()
            print(f"{repository} {path}: ", end="", flush=True)
            read = text_by_libreoffice if file.endswith(".docx") else text_by_python_pptx
            expected = words(read(folder, file))
            lost = expected - words(text_by_bilint(folder, file))
            assert lost.total() <= int(left_out), f"lost: {lost.most_common(20)}"
            comments = check_comments(folder, file) if file.endswith(".docx") else 0
            assert hashlib.sha256((folder / file).read_bytes()).digest() == digest, "the document itself changed"
            total.update(documents=1, words=expected.total(), left_out=lost.total(), comments=comments)
            print(f"{expected.total()} words, {lost.total()} left out, {comments} comments")
    print(dict(total))


main()
