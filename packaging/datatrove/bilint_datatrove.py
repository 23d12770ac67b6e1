"""A block for datatrove that removes Chinese–English pairs in which bilint finds something.

The program `bilint` must be on the path.
"""

import json
import subprocess

from datatrove.data import Document
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.writers.disk_base import DiskWriter


class BilintFilter(BaseFilter):
    """Removes pairs with findings. The reason of each is the rule that reports it, the first one by name.

    zh, en: the keys of the metadata that hold the texts; `text` is the text of the document itself
    severity: the lowest severity that removes a pair
    arguments: further arguments of `bilint filter`, such as ["--select", "quantities"]
    batch_size: how many pairs are checked by one process
    """

    name = "bilint"

    def __init__(
        self,
        zh: str = "zh",
        en: str = "en",
        severity: str = "error",
        arguments: tuple[str, ...] | list[str] = (),
        exclusion_writer: DiskWriter = None,
        batch_size: int = 10_000,
    ):
        super().__init__(exclusion_writer, batch_size)
        self.keys = {"zh": zh, "en": en}
        self.severity = severity
        self.arguments = list(arguments)

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        lines = [json.dumps({"id": i, **self._texts(doc)}) + "\n" for i, doc in enumerate(batch)]
        command = ["bilint", "filter", "--annotate", "--quiet", "--skip-malformed", "--severity", self.severity]
        done = subprocess.run(
            command + self.arguments, input="".join(lines), stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        # Texts that are no Unicode are left out by bilint.
        results = [(False, "malformed")] * len(batch)
        for line in done.stdout.splitlines():
            record = json.loads(line)
            rules = record["bilint_rules"]
            results[record["id"]] = (False, rules[0]) if rules else True
        return results

    def _texts(self, doc: Document) -> dict[str, str]:
        return {side: doc.text if key == "text" else doc.metadata[key] for side, key in self.keys.items()}
