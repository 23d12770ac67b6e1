#!/usr/bin/env python3
"""Makes a repository to time `bilint stale` in.

    docs/stale_speed.py FOLDER [PAGES] [COMMITS]

FOLDER must not exist. It gets PAGES (default 1,000) English pages of 17 paragraphs with Chinese translations, and COMMITS (default
5,000), each of which changes a figure in a page, on the English side, then on both sides, then on the Chinese side alone.
"""
import os
import random
import subprocess
import sys

EN = [
    "The {} node of the cluster restarts within {} seconds after a failure.",
    "Set the limit of the queue to {}, and the size of each batch to {}.",
    "An administrator who belongs to group {} may delete records older than {} days.",
    "Of the {} requests that arrive in a minute, {} are answered from memory.",
]
ZH = [
    "集群的第{}个节点在故障后{}秒内重新启动。",
    "将队列的上限设为{}，每批大小设为{}。",
    "属于第{}组的管理员可以删除超过{}天的记录。",
    "每分钟到达的{}个请求中，有{}个由内存应答。",
]


def page(figures, sentences, title):
    parts = [f"# {title}"] + [sentences[i % 4].format(*pair) for i, pair in enumerate(figures)]
    return "\n\n".join(parts) + "\n"


def main():
    folder = sys.argv[1]
    pages, commits = (int(a) for a in (sys.argv[2:] + ["1000", "5000"][len(sys.argv) - 2 :]))
    chance = random.Random(20)
    en = [[(chance.randrange(2, 900), chance.randrange(2, 900)) for _ in range(16)] for _ in range(pages)]
    zh = [list(figures) for figures in en]
    os.makedirs(folder)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    out = []

    def commit(files):
        out.append("commit refs/heads/main\ncommitter Wang <wang@example.org> 1700000000 +0000\ndata 1\nx\n")
        for name, text in files:
            out.append(f"M 100644 inline {name}\ndata {len(text.encode())}\n{text}\n")

    def files(i, sides):
        for side in sides:
            figures, sentences, title = (en, EN, "Page") if side == "en" else (zh, ZH, "页面")
            yield f"docs/{side}/{i % 40}/page{i}.md", page(figures[i], sentences, f"{title} {i}")

    commit([file for i in range(pages) for file in files(i, ["en", "zh"])])
    for n in range(commits - 1):
        i, at = chance.randrange(pages), chance.randrange(16)
        kind = n % 3
        if kind == 2:
            zh[i][at] = en[i][at]
        else:
            en[i][at] = (chance.randrange(2, 900), chance.randrange(2, 900))
            if kind == 1:
                zh[i][at] = en[i][at]
        commit(list(files(i, [["en"], ["en", "zh"], ["zh"]][kind])))
    stream = "".join(out).encode()
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=stream, check=True)
    subprocess.run(["git", "-C", folder, "checkout", "--quiet", "main"], check=True)


if __name__ == "__main__":
    main()
