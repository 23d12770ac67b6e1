"""Uses of the package that a type checker must accept."""

import bilint


def messages(pairs: list[tuple[str, str]]) -> list[str]:
    linter = bilint.Linter(select=["quantities"], ignore="dates", direction="en-zh", threads=1)
    found: list[list[bilint.Finding]] = linter.check_pairs(pairs)
    return [finding["message"] for findings in found for finding in findings if finding["severity"] == "error"]


def place(finding: bilint.Finding) -> tuple[int, int]:
    label = finding["zh"] or finding["en"]
    assert label is not None
    return label["start"], label["end"]


settings: bilint.Settings = {"profile": "news", "date": "2025-01-01"}
beads: list[bilint.Bead] = bilint.align(["一"], ["One"], unit="sentence", **settings)
value: str = bilint.quantities("三家")[0]["value"]
names: list[bilint.Name] = bilint.Glossary("builtin").names_in("北京")
