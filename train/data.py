#!/usr/bin/env python3
"""Makes the texts from which the weights are estimated.

    train/data.py CLONES OUT

CLONES holds a clone of each repository of SOURCES, named OWNER+NAME (a bare clone will do). OUT receives one file per
source: JSON Lines of {"zh": [...], "en": [...]}, paragraph n of one side being the translation of paragraph n of the other.
A page is used if both sides have the same kinds of blocks in the same order. None of these texts is part of bilint.
"""
import json
import os
import re
import subprocess
import sys

# Name, (repository, commit, folder) of the Chinese and of the English, licence.
SOURCES = [
    ("vue", ("vuejs-translations/docs-zh-cn", "c2715ff75bae5376bc5bf212280ae76e30089fbd", "src"),
     ("vuejs/docs", "01e098a967951ea92d09b100b8e7d82c7a3369a2", "src"), "CC BY 4.0"),
    ("react", ("reactjs/zh-hans.react.dev", "f6cda05526ceff44b24588e9e0c2e2106d4588d4", "src/content"),
     ("reactjs/react.dev", "12d692da47e77cdc558b928fcfbaf4e71c6d0cec", "src/content"), "CC BY 4.0"),
]
# Chinese Union Version and Open English Bible, both in the public domain.
BIBLE = ("seven1m/open-bibles", "4e41ce04b87017781bff3108d69bb4db86b30873", "chi-cuv-simp.usfx.xml", "eng-us-oeb.osis.xml")
# The books of the Open English Bible that are complete: name in OSIS, name in USFX.
BOOKS = {"Matt": "MAT", "Mark": "MRK", "Luke": "LUK", "John": "JHN", "Acts": "ACT", "Rom": "ROM", "Ruth": "RUT",
         "Esth": "EST", "Jonah": "JON", "Amos": "AMO", "Hos": "HOS", "Rev": "REV", "Heb": "HEB", "Gal": "GAL"}


def git(clones, repository, *args):
    folder = os.path.join(clones, repository.replace("/", "+"))
    folder = folder if os.path.exists(os.path.join(folder, "HEAD")) else os.path.join(folder, "repo")
    call = ["git", "-C", folder, *args]
    return subprocess.run(call, capture_output=True, encoding="utf-8", errors="replace", check=True).stdout


def blocks(markdown):
    """(kind, text) of the prose of a page: headings, list items, paragraphs."""
    markdown = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    markdown = re.sub(r"<!--.*?-->", "", markdown, flags=re.S)
    markdown = re.sub(r"^( *)(```+|~~~+)[^\n]*\n.*?^\1\2[^\n]*$", "", markdown, flags=re.S | re.M)
    out = []
    for part in re.split(r"\n\s*\n", markdown):
        for line in re.split(r"\n(?=\s*(?:[-*+]|\d+\.)\s)|\n(?=#)|(?<=\n)(?=:::)", part.strip("\n")):
            line = " ".join(line.split())
            if not line or re.match(r"[<|{:>!]|import |export ", line):
                continue
            heading = re.match(r"#+ ", line)
            item = re.match(r"(?:[-*+]|\d+\.) ", line)
            text = line[(heading or item).end():] if heading or item else line
            text = re.sub(r"\{(?:#|/\*).*?\}$", "", text)
            text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
            text = re.sub(r"</?\w[^>]*>|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text).strip()
            if text:
                out.append(("heading" if heading else "item" if item else "paragraph", text))
    return out


def pages(clones, chinese, english):
    (zh_repo, zh_commit, zh_folder), (en_repo, en_commit, en_folder) = chinese, english
    files = git(clones, zh_repo, "ls-tree", "-r", "--name-only", zh_commit, zh_folder).split("\n")
    for path in sorted(f for f in files if f.endswith(".md")):
        try:
            zh = blocks(git(clones, zh_repo, "show", f"{zh_commit}:{path}"))
            en = blocks(git(clones, en_repo, "show", f"{en_commit}:{en_folder}{path[len(zh_folder):]}"))
        except subprocess.CalledProcessError:
            continue
        if len(zh) < 10 or [k for k, _ in zh] != [k for k, _ in en]:
            continue
        # Blocks without Han characters are not translated.
        pairs = [(z, e) for (_, z), (_, e) in zip(zh, en) if re.search(r"[一-鿿]", z) and not re.search(r"[一-鿿]", e)]
        if len(pairs) >= 10:
            yield {"name": path, "zh": [z for z, _ in pairs], "en": [e for _, e in pairs]}


def bible(clones):
    repository, commit, chinese, english = BIBLE
    zh, en = {}, {}
    book = chapter = None
    for m in re.finditer(r'<book id="(\w+)"|<c id="(\d+)"|<v id="(\d+)"\s*/>(.*?)<ve\s*/>',
                         git(clones, repository, "show", f"{commit}:{chinese}"), flags=re.S):
        if m[1]:
            book = m[1]
        elif m[2]:
            chapter = m[2]
        else:
            zh[book, chapter, m[3]] = re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", m[4]))
    text = git(clones, repository, "show", f"{commit}:{english}")
    text = re.sub(r"<note\b.*?</note>|<title\b.*?</title>", "", text, flags=re.S)
    for m in re.finditer(r'<verse[^>]*(?:osisID|sID)="(\w+)\.(\d+)\.(\d+)[^"]*"[^>]*>(.*?)(?=<verse[^>]*(?:osisID|sID)=|</chapter)',
                         text, flags=re.S):
        if m[1] in BOOKS:
            en[BOOKS[m[1]], m[2], m[3]] = " ".join(re.sub(r"<[^>]*>", " ", m[4]).split())
    chapters = {}
    for key in en:
        if zh.get(key) and en[key]:
            chapters.setdefault(key[:2], []).append((zh[key], en[key]))
    for (book, chapter), verses in chapters.items():
        if len(verses) >= 10:
            yield {"name": f"{book} {chapter}", "zh": [z for z, _ in verses], "en": [e for _, e in verses]}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    clones, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for name, texts in [(n, pages(clones, z, e)) for n, z, e, _ in SOURCES] + [("bible", bible(clones))]:
        texts = list(texts)
        with open(os.path.join(out, f"{name}.jsonl"), "w", encoding="utf-8") as f:
            f.writelines(json.dumps(t, ensure_ascii=False) + "\n" for t in texts)
        print(f"{name}: {len(texts)} texts, {sum(len(t['zh']) for t in texts)} pairs")


if __name__ == "__main__":
    main()
