"""The objects that bilint returns: those of its JSON, so that they are the same as the command prints."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Literal, TypedDict, Union

Paths = Union[str, "os.PathLike[str]", Sequence[Union[str, "os.PathLike[str]"]]]


class Settings(TypedDict, total=False):
    """How pairs are checked: the options of the command, by the same names."""

    glossary: Paths
    """Glossary files, or folders of them, instead of the built-in glossary; `builtin` is that. An earlier one has precedence."""
    select: str | Sequence[str]
    """Run only these rules and groups."""
    ignore: str | Sequence[str]
    """Do not run these rules and groups."""
    direction: Literal["zh-en", "en-zh"] | None
    """Which language was translated into which. Default: that of the configuration, or zh-en."""
    profile: Literal["official", "news", "law", "interface"] | None
    """The genre of the texts. Default: that of the configuration, or official."""
    date: str | None
    """The day of the texts, YYYY-MM-DD: names must be valid on it."""
    config: str | os.PathLike[str] | None
    """A bilint.toml. Default: none; unlike the command, a linter does not look for one."""
    threads: int
    """How many threads check. Default, 0: one for each core."""


class _OfDocument(TypedDict, total=False):
    zh_blocks: list[int]
    """In a document: the numbers of its Chinese paragraphs, from 0."""
    en_blocks: list[int]
    """In a document: the numbers of its English paragraphs, from 0."""


class Pair(_OfDocument):
    """The pair of a finding."""

    index: int
    """Its number, from 0."""
    id: str | None
    """The id of its record."""


class _InDocument(TypedDict, total=False):
    block: int
    """In a document: the number of the paragraph, from 0."""


class Label(_InDocument):
    """A piece of a text."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    """Its first character in the text or paragraph, from 0: `text[start:end]`."""
    end: int
    """Its end (exclusive)."""
    text: str


class Fix(TypedDict):
    """A replacement of a piece of a text."""

    title: str
    applicability: Literal["safe", "unsafe"]
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    replacement: str


class Finding(TypedDict):
    """Something that is wrong, or worth knowing: the object that `bilint check --format jsonl` prints."""

    rule: str
    severity: Literal["error", "warning", "note"]
    confidence: Literal["high", "medium", "low"]
    message: str
    why: str | None
    help: str | None
    file: str
    pair: Pair
    zh: Label | None
    en: Label | None
    concept: str | None
    expected: list[str]
    found: str | None
    fixes: list[Fix]
    fingerprint: str


class _OfMembers(TypedDict):
    zh: list[float]
    en: list[float]


class _OfSeveral(TypedDict, total=False):
    members: _OfMembers
    """How sure each unit is, where a side has several."""


class Bead(_OfSeveral):
    """Chinese units and the English units that translate them: the object that `bilint align --format jsonl` prints."""

    zh: list[int]
    """The numbers of the Chinese units, from 0."""
    en: list[int]
    zh_text: list[str]
    en_text: list[str]
    confidence: float
    """How sure the aligner is, 0 to 1."""
    crossing: bool
    """Whether the bead is out of order."""
    structure: bool
    """Whether it is layout, not text."""


class Quantity(TypedDict):
    """A quantity of a text: the object that `bilint quantities --format json` prints."""

    text: str
    start: int
    end: int
    kind: str
    value: str
    unit: str | None
    hedge: str
    range: Literal["lower", "upper"] | None
    common_word: bool


class _Matched(TypedDict):
    name: str
    status: Literal["preferred", "admitted", "deprecated", "forbidden"] | None
    how: str
    score: float


class Match(TypedDict):
    """A concept that a search finds: the object that `bilint glossary find --format json` prints."""

    id: str
    kind: str
    zh: str | None
    en: str | None
    acronym: str | None
    matched: _Matched
    place: dict[str, object]


class Name(TypedDict):
    """A glossary name in a text."""

    concept: str
    """The id of the concept."""
    name: str
    start: int
    """Its first character in the text, from 0."""
    end: int


Concept = dict[str, object]
"""All that a glossary says about a concept: the object that `bilint glossary show --format json` prints."""
