"""A filter for OpusFilter: penalty points of Chinese–English pairs, by bilint.

The program `bilint` must be on the path.
"""

import itertools
import json
import subprocess

from opusfilter import CLEAN_LOW, FilterABC


class BilintFilter(FilterABC):
    """Scores pairs by penalty points: 5 for an error, 1 for a warning, 0 for a pair without findings.

    languages: those of the two texts
    threshold: a pair with more points than this is rejected
    arguments: further arguments of `bilint filter`, such as ["--select", "quantities"]
    chunksize: how many pairs are checked by one process
    """

    score_direction = CLEAN_LOW
    accept_threshold = 0
    reject_threshold = float("inf")

    def __init__(self, languages=("zh", "en"), threshold=0, arguments=(), chunksize=100_000, **kwargs):
        if sorted(languages) != ["en", "zh"]:
            raise ValueError("languages must be zh and en, in the order of the texts")
        self.languages = languages
        self.threshold = threshold
        self.arguments = list(arguments)
        self.chunksize = chunksize
        super().__init__(**kwargs)

    def score(self, pairs):
        for chunk in self._chunks(pairs):
            yield from self._penalties(chunk)

    def accept(self, score):
        return score <= self.threshold

    # OpusFilter's own filter() and filterfalse() score one pair at a time.
    def filter(self, pairs):
        for chunk in self._chunks(pairs):
            yield from itertools.compress(chunk, map(self.accept, self._penalties(chunk)))

    def filterfalse(self, pairs):
        for chunk in self._chunks(pairs):
            yield from itertools.compress(chunk, (not self.accept(p) for p in self._penalties(chunk)))

    def _chunks(self, pairs):
        pairs = iter(pairs)
        while chunk := list(itertools.islice(pairs, self.chunksize)):
            yield chunk

    def _penalties(self, chunk):
        records = ({"id": i, **dict(zip(self.languages, pair))} for i, pair in enumerate(chunk))
        command = ["bilint", "filter", "--annotate", "--quiet", "--severity", "note", "--skip-malformed"]
        done = subprocess.run(
            command + self.arguments,
            input="".join(json.dumps(record) + "\n" for record in records),
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        # Texts that are no Unicode are left out by bilint.
        penalties = [float("inf")] * len(chunk)
        for line in done.stdout.splitlines():
            record = json.loads(line)
            penalties[record["id"]] = record["bilint_penalty"]
        return penalties
