"""Loads `bilint lsp`: how long a keystroke takes, and whether hours of random edits leak or end in a panic.

    python3 tests/lsp_load.py BINARY [--paragraphs 500] [--keys 400] [--seconds 120]

First it types into a pair of pages of 500 paragraphs, ten keys a second, and prints the time from a key to the diagnostics of the
edited file, beside the load of the machine. Then it edits at random for some seconds, compares the diagnostics with those of
`bilint check` now and then, and fails if the memory grows without end. Needs nothing but Python.
"""

import argparse
import json
import os
import pathlib
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Server:
    """`bilint lsp` in a folder."""

    def __init__(self, binary, folder):
        self.folder = folder
        environment = {**os.environ, "BILINT_CACHE_DIR": str(folder / ".cache")}
        self.process = subprocess.Popen(
            [binary, "lsp"], cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.messages = queue.Queue()
        self.diagnostics = {}
        self.texts = {}
        self.versions = {}
        self.number = 0
        threading.Thread(target=self._read, daemon=True).start()
        capabilities = {"general": {"positionEncodings": ["utf-32"]}}
        self.request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self.notify("initialized", {})

    def _read(self):
        out = self.process.stdout
        while header := out.readline():
            length = int(header.split(b":")[1])
            out.readline()
            self.messages.put((time.perf_counter(), json.loads(out.read(length))))
        self.messages.put(None)

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def next(self, timeout=60):
        """The next message and when it came. Keeps diagnostics."""
        item = self.messages.get(timeout=timeout)
        if item is None:
            sys.exit(f"the server ended: {self.process.wait()}")
        if item[1].get("method") == "textDocument/publishDiagnostics":
            params = item[1]["params"]
            self.diagnostics[params["uri"]] = params
        return item

    def request(self, method, params):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while True:
            _, message = self.next()
            if message.get("id") == self.number and "method" not in message:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']}")
                return message.get("result")

    def uri(self, name):
        return (self.folder / name).as_uri()

    def open(self, name):
        self.texts[name] = (self.folder / name).read_text()
        self.versions[name] = 1
        document = {"uri": self.uri(name), "languageId": "markdown", "version": 1, "text": self.texts[name]}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def edit(self, name, start, end, text):
        """Replaces code points of a file."""
        old = self.texts[name]
        place = lambda at: {"line": old.count("\n", 0, at), "character": at - old.rfind("\n", 0, at) - 1}
        change = {"range": {"start": place(start), "end": place(end)}, "text": text}
        self.texts[name] = old[:start] + text + old[end:]
        self.versions[name] += 1
        document = {"uri": self.uri(name), "version": self.versions[name]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def settle(self, name):
        """Waits until everything is checked and published."""
        start = {"line": 0, "character": 0}
        return self.request("textDocument/codeAction", {
            "textDocument": {"uri": self.uri(name)},
            "range": {"start": start, "end": start},
            "context": {"diagnostics": []},
        })

    def memory(self):
        """Resident memory in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def leave(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        if self.process.wait() != 0:
            sys.exit("the server did not end well")


def paragraphs(count):
    """Pairs of sentences of the corpus of the tests."""
    lines = (ROOT / "tests/corpus/texts.jsonl").read_text().splitlines()
    pairs = [(record["zh"], record["en"]) for record in map(json.loads, lines)]
    long = [pair for pair in pairs if len(pair[0]) > 25 and "\n" not in "".join(pair)]
    return (long * (count // len(long) + 1))[:count]


def write_pages(folder, count):
    zh, en = zip(*paragraphs(count))
    (folder / "a.zh.md").write_text("\n\n".join(zh) + "\n")
    (folder / "a.en.md").write_text("\n\n".join(en) + "\n")


def measure(binary, count, keys):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        write_pages(folder, count)
        server = Server(binary, folder)
        server.open("a.en.md")
        server.settle("a.en.md")
        uri, chance = server.uri("a.en.md"), random.Random(1)
        times, at = [], 0
        for key in range(keys):
            if key % 25 == 0:
                # Go on inside another paragraph.
                at = server.texts["a.en.md"].find(" ", chance.randrange(len(server.texts["a.en.md"])))
            sent = time.perf_counter()
            server.edit("a.en.md", at, at, chance.choice("abcdefgh 1"))
            at += 1
            version = server.versions["a.en.md"]
            while True:
                came, message = server.next()
                if message.get("method") == "textDocument/publishDiagnostics":
                    params = message["params"]
                    if params["uri"] == uri and params["version"] == version:
                        break
            times.append((came - sent) * 1000)
            time.sleep(max(0, sent + 0.1 - time.perf_counter()))
        server.leave()
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    load = os.getloadavg()[0]
    print(f"{count} paragraphs, {keys} keys: median {p50:.1f} ms, p95 {p95:.1f} ms, max {times[-1]:.1f} ms (load {load:.1f})")


def edit_at_random(binary, seconds):
    """Edits two pages, mostly a little, sometimes whole paragraphs, asks questions, and compares with `bilint check`."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        write_pages(folder, 60)
        server, chance = Server(binary, folder), random.Random(2)
        names = ["a.zh.md", "a.en.md"]
        for page in names:
            server.open(page)
        server.settle("a.en.md")
        original = dict(server.texts)
        end, edits, compared, sizes = time.monotonic() + seconds, 0, 0, []
        while time.monotonic() < end:
            page = chance.choice(names)
            text = server.texts[page]
            at = chance.randrange(len(text) + 1)
            kind = chance.random()
            if kind < 0.5:
                server.edit(page, at, at, chance.choice(["a", "3", "三", " ", "。", "\n", "\n\n", "*", "𠮷", "<!--"]))
            elif kind < 0.8:
                server.edit(page, at, min(len(text), at + chance.randrange(8)), "")
            elif kind < 0.9:
                source = original[page]
                start = chance.randrange(len(source))
                server.edit(page, at, at, source[start:start + chance.randrange(300)])
            else:
                server.edit(page, at, min(len(text), at + chance.randrange(600)), "")
            edits += 1
            if len(text) > 3 * len(original[page]) or len(text) < 200:
                server.edit(page, 0, len(server.texts[page]), original[page])
            if chance.random() < 0.05:
                line = server.texts[page].count("\n", 0, at)
                place = {"textDocument": {"uri": server.uri(page)}, "position": {"line": line, "character": at % 40}}
                method = chance.choice(["hover", "completion", "definition"])
                server.request(f"textDocument/{method}", place)
            if edits % 200 == 0:
                server.settle(page)
                compare(binary, server, names)
                compared += 1
                sizes.append(server.memory())
            while not server.messages.empty():
                server.next()
        server.leave()
    half = len(sizes) // 2
    print(f"{edits} edits in {seconds} s, compared {compared} times; memory {sizes[0]:.0f}, {sizes[half]:.0f}, {sizes[-1]:.0f} MiB")
    if max(sizes[half:]) > 1.5 * max(sizes[:half + 1]):
        sys.exit("the memory grows")


def compare(binary, server, names):
    for page in names:
        (server.folder / page).write_text(server.texts[page])
    checked = subprocess.run(
        [binary, "check", "--format", "json", *names], cwd=server.folder, capture_output=True, check=False
    )
    wanted = sorted({f["fingerprint"] for f in json.loads(checked.stdout)["findings"]})
    published = (server.diagnostics.get(server.uri(page), {}).get("diagnostics", []) for page in names)
    shown = sorted({d["data"] for diagnostics in published for d in diagnostics})
    if wanted != shown:
        keep = pathlib.Path(tempfile.mkdtemp())
        for page in names:
            (keep / page).write_text(server.texts[page])
        sys.exit(f"the editor shows other findings than `bilint check`: {wanted} {shown}; the texts are in {keep}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("binary", type=lambda path: str(pathlib.Path(path).resolve()))
    arguments.add_argument("--paragraphs", type=int, default=500)
    arguments.add_argument("--keys", type=int, default=400)
    arguments.add_argument("--seconds", type=int, default=120)
    given = arguments.parse_args()
    measure(given.binary, given.paragraphs, given.keys)
    edit_at_random(given.binary, given.seconds)


if __name__ == "__main__":
    main()
