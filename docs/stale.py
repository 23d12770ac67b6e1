#!/usr/bin/env python3
"""Measures `bilint stale` on the history of a repository: what it reports before commits that bring translations up to date.

    docs/stale.py BINARY GIT_DIRECTORY DIRECTION SOURCE TARGET [COMMITS]

DIRECTION is en-zh or zh-en. SOURCE and TARGET are the paths of a page and its translation with {} for what they share: docs/en/{}
docs/zh/{}.

A commit counts if it changes a translation and not its source, and the source changed after the commit before that changed the
translation. Of these, COMMITS (default 70), spread evenly over the history, are looked at, each in the state just before it:

- recall: of the paragraphs of the source that changed meanwhile, and whose translation (by `bilint align`, after the commit) the
  commit changed, the share that bilint reports, and the share that is not a mere note. Paragraphs that changed in punctuation alone are not counted.
- what was reported is printed, as JSON Lines, to be read for precision: before, after, translation, and whether the commit changed
  the translation.

Figures go to standard error. Nothing is written to the repository; the pages are checked out in a folder of their own.
"""
import json
import os
import re
import subprocess
import sys
import tempfile


def git(directory, *args, **options):
    command = ["git", f"--git-dir={directory}", *args]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=True, **options).stdout


def letters(text):
    return re.sub(r"[\W_]+", "", text).lower()


def blocks(text):
    """The paragraphs and items of a Markdown text without code, by their letters."""
    text = re.sub(r"^ *(```|~~~).*?^ *\1 *$", "", text, flags=re.S | re.M)
    found = {}
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.|#+)\s)|(?<=\n)(#+ .*)\n", "\n" + text):
        if part and letters(part):
            found[letters(part)] = part.strip()
    return found


class History:
    """What the commits of the main line changed, the oldest first."""

    def __init__(self, directory, source, target):
        self.directory = directory
        self.shapes = {}
        for kind, shape in (("source", source), ("target", target)):
            before, after = shape.split("{}")
            self.shapes[kind] = (before, after)
        log = git(directory, "log", "--first-parent", "-m", "--reverse", "--name-only", "--no-renames", "--format=\x01%H", "HEAD", "--", *self.roots())
        self.commits = []
        for part in log.split("\x01")[1:]:
            commit, *files = part.split("\n")
            self.commits.append((commit, set(filter(None, files))))

    def roots(self):
        return [before for before, _ in self.shapes.values()]

    def page(self, path, kind):
        before, after = self.shapes[kind]
        if path.startswith(before) and path.endswith(after) and path.endswith((".md", ".mdx")):
            return path[len(before) : len(path) - len(after)]
        return None

    def path(self, page, kind):
        return page.join(self.shapes[kind])

    def updates(self):
        """(commit before, commit, earlier commit of the translation, page) of every commit that counts."""
        touched, stale = {}, set()
        for i, (commit, files) in enumerate(self.commits):
            sources = {page for f in files if (page := self.page(f, "source")) is not None}
            targets = {page for f in files if (page := self.page(f, "target")) is not None}
            for page in sorted(targets - sources):
                if page in stale and page in touched:
                    yield self.commits[i - 1][0], commit, touched[page], page
            for page in targets:
                touched[page] = commit
                stale.discard(page)
            stale |= {page for page in sources - targets if page in touched}

    def text(self, commit, path):
        try:
            return git(self.directory, "show", f"{commit}:{path}")
        except subprocess.CalledProcessError:
            return None


def check_out(directory, folder, commit, paths, direction):
    """Makes a working tree of these files at the commit; git finds the rest as it is there."""
    git(directory, "worktree", "add", "--quiet", "--no-checkout", "--detach", folder, commit)
    for args in (["read-tree", commit], ["checkout-index", "--force", "--", *paths]):
        subprocess.run(["git", "-C", folder, *args], check=True, capture_output=True)
    with open(os.path.join(folder, "bilint.toml"), "w", encoding="utf-8") as file:
        file.write(f'direction = "{direction}"\n')


def run(binary, folder, *args):
    output = subprocess.run([binary, *args], cwd=folder, capture_output=True, text=True, errors="replace")
    if not output.stdout:
        raise RuntimeError(output.stderr)
    return json.loads(output.stdout)


def main():
    if not 6 <= len(sys.argv) <= 7:
        sys.exit(__doc__)
    binary, directory, direction, source, target = sys.argv[1:6]
    binary, directory = os.path.abspath(binary), os.path.abspath(directory)
    count = int(sys.argv[6]) if len(sys.argv) > 6 else 70
    with tempfile.TemporaryDirectory() as work:
        own = os.path.join(work, "repository")
        subprocess.run(["git", "clone", "--quiet", "--bare", "--shared", directory, own], check=True)
        measure(binary, own, direction, History(own, source, target), count, work)


def measure(binary, directory, direction, history, count, work):
    updates = list(history.updates())
    step = max(1, len(updates) // count)
    chosen = updates[::step][:count]
    due = found = warned = reported = brought = 0
    for number, (before, after, earlier, page) in enumerate(chosen):
        paths = {kind: history.path(page, kind) for kind in ("source", "target")}
        texts = {
            (kind, commit): history.text(commit, paths[kind]) for kind in paths for commit in (earlier, before, after)
        }
        if any(text is None for text in texts.values()):
            continue
        then, now = (blocks(texts["source", commit]) for commit in (earlier, before))
        old, new = (blocks(texts["target", commit]) for commit in (before, after))
        changed = {key for key in now if key not in then}
        renewed = {key for key in new if key not in old}
        gone = {key for key in old if key not in new}
        folder = os.path.join(work, str(number))
        check_out(directory, folder, before, list(paths.values()), direction)
        report = run(binary, folder, "stale", "--format", "json", "--fail-on", "never", *paths.values())
        findings = [f for f in report["findings"] if f["rule"] != "untranslated-page"]
        stale = {
            letters(text): f["severity"] for f in reversed(findings) for text in f.get("expected") or [text_of(f)]
        }
        for commit, kind in ((after, "target"), (after, "source")):
            with open(os.path.join(folder, paths[kind]), "w", encoding="utf-8") as file:
                file.write(texts[kind, commit])
        aligned = run(binary, folder, "align", "--format", "json", *paths.values())
        source, other = direction.split("-")
        added = set()
        for document in aligned["documents"]:
            for bead in document["beads"]:
                sides = [{letters(t) for t in bead[f"{side}_text"]} for side in (source, other)]
                if sides[1] & renewed:
                    added |= sides[0]
                if not sides[0] & changed or not sides[1] & renewed:
                    continue
                for text in sides[0] & changed:
                    due += 1
                    levels = {stale[s] for s in stale if text in s or s and s in text}
                    if levels:
                        found += 1
                        warned += levels != {"note"}
                    else:
                        print(json.dumps({"missed": now[text], "commit": after[:10], "page": page}, ensure_ascii=False))
        for f in findings:
            reported += 1
            if f["rule"] == "untranslated-addition":
                is_brought = any(letters(text) in added for text in f["expected"])
            else:
                translation = letters(text_of(f))
                is_brought = any(translation and (translation in g or g in translation) for g in gone)
            brought += is_brought
            row = {
                "rule": f["rule"],
                "severity": f["severity"],
                "commit": after[:10],
                "page": page,
                "message": f["message"],
                "before": f.get("found"),
                "after": (f.get("expected") or [None])[0],
                "translation": text_of(f),
                "changed": is_brought,
            }
            print(json.dumps(row, ensure_ascii=False))
        sys.stdout.flush()
        git(directory, "worktree", "remove", "--force", folder)
    print(
        f"{len(chosen)} of {len(updates)} commits; {found} of {due} changes found"
        f" (recall {found / max(due, 1):.3f}, without notes {warned / max(due, 1):.3f}); {reported} reported, {brought} of them translated by the commit",
        file=sys.stderr,
    )


def text_of(finding):
    for side in ("zh", "en"):
        if finding.get(side):
            return finding[side]["text"]
    return ""


if __name__ == "__main__":
    main()
