"""What `bilint` exports."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

from . import _native
from ._types import Bead, Concept, Finding, Match, Name, Paths, Quantity

if TYPE_CHECKING:
    import pyarrow as pa
    from typing_extensions import Unpack

    from ._types import Settings

_Severity = Literal["error", "warning", "note"]
# The pairs of a table that are held as Python strings at a time: a multiple of the 500 that are checked together.
_ROWS = 20_000


class Linter:
    """Checks translations with the same settings. It may be used by several threads at once, and sent to other processes.

    All arguments are optional, and are the options of `bilint check` by the same names; `Settings` describes them.

    >>> linter = Linter(select="quantities")
    >>> linter.check("总投资23亿元。", "The total investment is 230 million yuan.")[0]["rule"]
    'scale-mismatch'

    Raises ValueError if a rule is unknown, or a file is faulty or cannot be read.
    """

    def __init__(self, **settings: Unpack[Settings]) -> None:
        known = {"glossary", "select", "ignore", "direction", "profile", "date", "config", "threads"}
        if unknown := settings.keys() - known:
            raise TypeError(f"unknown setting {min(unknown)!r}; the settings are {', '.join(sorted(known))}")
        self._settings = settings
        self._native = _native.Linter(
            glossary=_list(settings.get("glossary", ())),
            select=_names(settings.get("select", ())),
            ignore=_names(settings.get("ignore", ())),
            direction=settings.get("direction"),
            profile=settings.get("profile"),
            date=settings.get("date"),
            config=settings.get("config"),
            threads=settings.get("threads", 0),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._settings,)

    def __repr__(self) -> str:
        return f"Linter({', '.join(f'{name}={value!r}' for name, value in self._settings.items())})"

    @property
    def glossary_warnings(self) -> list[str]:
        """What is doubtful about the glossary files."""
        return self._native.glossary_warnings

    def check(
        self, zh: str | Sequence[str], en: str | Sequence[str], *, name: str = "", id: str | None = None
    ) -> list[Finding]:
        """The findings in a pair, or in a document.

        Two strings are a pair. Two lists are the paragraphs of a document and of its translation: they are aligned first, and the
        rules that look at a whole document run, too.

        name: what findings give as the file, and fingerprints depend on
        id: the id of the document in findings
        """
        if isinstance(zh, str) and isinstance(en, str):
            return self.check_pairs([(zh, en)], name=name)[0]
        if isinstance(zh, str) or isinstance(en, str):
            raise TypeError("zh and en must be two strings, or two lists of paragraphs")
        return cast("list[Finding]", json.loads(self._native.check_paragraphs(list(zh), list(en), name, id)))

    def check_pairs(self, pairs: Iterable[tuple[str, str]], *, name: str = "") -> list[list[Finding]]:
        """The findings in each pair of Chinese and English, by itself.

        As in `bilint filter`, the rules that compare pairs with each other do not run: `check_corpus` is for them. One thing is
        taken from the neighbours, five hundred pairs at a time: how long English usually is for a Chinese character, which decides
        in doubtful cases whether a sentence is missing.

        Lines and columns count as in a table: each pair is a line of Chinese, a tab and English.
        """
        zh, en = _unzip(pairs)
        return cast("list[list[Finding]]", json.loads(self._native.check_pairs(zh, en, name)))

    def check_corpus(self, pairs: Iterable[tuple[str, str]], *, name: str = "") -> list[Finding]:
        """The findings in pairs that form one corpus: as `check_pairs`, and those of the rules that compare pairs with each other.

        They are in the order of `bilint check`; `finding["pair"]["index"]` is the number of the pair.
        """
        zh, en = _unzip(pairs)
        return cast("list[Finding]", json.loads(self._native.check_corpus(zh, en, name)))

    def check_files(self, *paths: str | os.PathLike[str]) -> list[Finding]:
        """The findings in files and folders, of any format that `bilint check` reads. Two files are translations of each other.

        Waivers and baselines do not apply: use the command for these. Raises ValueError if a file cannot be read.
        """
        return cast("list[Finding]", json.loads(self._native.check_files(paths)))

    def annotate(
        self,
        data: Any,
        *,
        zh: str = "zh",
        en: str = "en",
        severity: _Severity = "error",
        findings: bool = False,
    ) -> Any:
        """Adds the columns of `bilint filter --annotate` to a table of Arrow, for each pair by itself (see `check_pairs`).

        `bilint_rules` lists the rules that report the pair, and `bilint_penalty` is 5 for an error and 1 for a warning. A missing text
        is an empty one.

        data: a RecordBatch, a RecordBatchReader, a Table, or what Arrow makes a table of, such as a data frame of Polars; batches
            come back as batches, a reader as a reader that reads on demand, and all else as a table. pyarrow must be installed.
        zh, en: the columns of the texts
        severity: the lowest severity that counts
        findings: whether to add a column `bilint_findings`, the list of the findings as JSON
        """
        import pyarrow as pa

        if isinstance(data, pa.RecordBatch):
            columns = self._columns(data, zh, en, severity, findings)
            schema = data.schema
            for name, column in columns.items():
                schema = schema.append(pa.field(name, column.type))
            return pa.RecordBatch.from_arrays([*data.columns, *columns.values()], schema=schema)
        if isinstance(data, pa.RecordBatchReader):
            empty = pa.RecordBatch.from_pylist([], schema=data.schema)
            schema = self.annotate(empty, zh=zh, en=en, severity=severity, findings=findings).schema
            batches = (
                self.annotate(batch, zh=zh, en=en, severity=severity, findings=findings) for batch in data
            )
            return pa.RecordBatchReader.from_batches(schema, batches)
        table = data if isinstance(data, pa.Table) else pa.table(data)
        for name, column in self._columns(table, zh, en, severity, findings).items():
            table = table.append_column(name, column)
        return table

    def _columns(
        self, data: pa.Table | pa.RecordBatch, zh: str, en: str, severity: str, findings: bool
    ) -> dict[str, pa.Array]:
        """The columns to add."""
        import pyarrow as pa

        texts = [data.column(name) for name in (zh, en)]
        rules: list[list[str]] = []
        penalties: list[float] = []
        found: list[str | None] = []
        for start in range(0, data.num_rows, _ROWS):
            sides = [text.slice(start, _ROWS).to_pylist() for text in texts]
            for names, penalty, of_pair in self._native.annotate(sides[0], sides[1], severity, findings):
                rules.append(names)
                penalties.append(penalty)
                found.append(of_pair)
        columns = {
            "bilint_rules": pa.array(rules, pa.list_(pa.string())),
            "bilint_penalty": pa.array(penalties, pa.float64()),
        }
        if findings:
            columns["bilint_findings"] = pa.array(found, pa.string())
        return columns

    def align(
        self,
        zh: str | Sequence[str],
        en: str | Sequence[str],
        *,
        unit: Literal["paragraph", "sentence"] = "paragraph",
    ) -> list[Bead]:
        """Which units of two texts translate each other.

        zh, en: lists of paragraphs, or texts with a paragraph in each line
        unit: paragraphs, or the sentences inside aligned paragraphs
        """
        return cast("list[Bead]", json.loads(self._native.align(_paragraphs(zh), _paragraphs(en), unit)))


class Glossary:
    """Names in Chinese and English: those of the official glossary, or of files.

    >>> Glossary()["cas"]["acronym"]
    'CAS'

    paths: glossary files, or folders of them, an earlier one with precedence. Without any: the glossary in the package.

    Raises ValueError if a file is faulty or cannot be read.
    """

    def __init__(self, *paths: str | os.PathLike[str]) -> None:
        self._paths = paths
        self._native = _native.Glossary(paths)

    def __reduce__(self) -> tuple[Any, ...]:
        return Glossary, self._paths

    def __len__(self) -> int:
        return len(self._native)

    def __iter__(self) -> Iterator[str]:
        """The ids of the concepts."""
        return iter(self._native.ids())

    def __getitem__(self, name: str) -> Concept:
        """A concept by its id or one of its names. Raises KeyError if there is none, or more than one."""
        return cast("Concept", json.loads(self._native.concept(name)))

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, str) and bool(self[name])
        except KeyError:
            return False

    @property
    def name(self) -> str:
        """What the glossary is called: its files, or the version and the date of the one in the package."""
        return self._native.name

    @property
    def warnings(self) -> list[str]:
        """What is doubtful about the files."""
        return self._native.warnings

    def find(self, query: str, limit: int = 20) -> list[Match]:
        """The concepts that a query matches, best first: a name in Chinese or English or a part of one, an acronym, an id, pinyin."""
        return cast("list[Match]", json.loads(self._native.find(query, limit)))

    def names_in(self, zh: str) -> list[Name]:
        """The names of the glossary in a Chinese text, but for those inside longer ones."""
        return [
            {"concept": concept, "name": name, "start": start, "end": end}
            for concept, name, start, end in self._native.names_in(zh)
        ]


def check(zh: str | Sequence[str], en: str | Sequence[str], **settings: Unpack[Settings]) -> list[Finding]:
    """The findings in a pair (two strings), or in a document (two lists of paragraphs): see `Linter.check`.

    >>> check("共有三家企业。", "There are three enterprises.")
    []

    The linter of the last settings is kept; for several settings, keep a `Linter` of each.
    """
    return _linter(settings).check(zh, en)


def align(
    zh: str | Sequence[str],
    en: str | Sequence[str],
    *,
    unit: Literal["paragraph", "sentence"] = "paragraph",
    **settings: Unpack[Settings],
) -> list[Bead]:
    """Which units of two texts translate each other: see `Linter.align`.

    >>> [(bead["zh"], bead["en"]) for bead in align("你好。\\n会议在北京举行。", "Hello.\\nThe meeting was held in Beijing.")]
    [([0], [0]), ([1], [1])]
    """
    return _linter(settings).align(zh, en, unit=unit)


def quantities(text: str, language: Literal["zh", "en"] | None = None) -> list[Quantity]:
    """The quantities of a text. Its language is found by the script, unless it is named.

    >>> [(q["kind"], q["value"], q["unit"]) for q in quantities("总投资23亿元")]
    [('money', '2,300,000,000 yuan', 'yuan')]
    """
    return cast("list[Quantity]", json.loads(_native.quantities(text, language)))


def _linter(settings: Settings) -> Linter:
    """The linter of these settings."""
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}
    return _kept(**frozen)


@lru_cache(maxsize=1)
def _kept(**settings: Any) -> Linter:
    return Linter(**settings)


def _restore(settings: Settings) -> Linter:
    return Linter(**settings)


def _list(paths: Paths) -> list[str | os.PathLike[str]]:
    return [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)


def _names(names: str | Sequence[str]) -> list[str]:
    return names.split(",") if isinstance(names, str) else list(names)


def _paragraphs(text: str | Sequence[str]) -> list[str]:
    return [line for line in text.splitlines() if line.strip()] if isinstance(text, str) else list(text)


def _unzip(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    zh: list[str] = []
    en: list[str] = []
    for chinese, english in pairs:
        zh.append(chinese)
        en.append(english)
    return zh, en
