"""bilint checks Chinese–English translations: names, terms, quantities, omissions.

    >>> import bilint
    >>> [finding["message"] for finding in bilint.check("共有三家企业。", "There are four enterprises.")]
    ['figures differ: “三家企业” = 3, “four enterprises” = 4']

A `Linter` has settings and checks many pairs, also in tables of Arrow. What it finds is what the command `bilint` finds.
"""

from __future__ import annotations

from ._native import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._api import Glossary, Linter, align, check, quantities
    from ._types import Bead, Concept, Finding, Fix, Label, Match, Name, Pair, Quantity, Settings

__all__ = [
    "Bead",
    "Concept",
    "Finding",
    "Fix",
    "Glossary",
    "Label",
    "Linter",
    "Match",
    "Name",
    "Pair",
    "Quantity",
    "Settings",
    "__version__",
    "align",
    "check",
    "quantities",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        # Loaded on first use, so that the command starts without it.
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import _api, _types

        return getattr(_api if hasattr(_api, name) else _types, name)

    def __dir__():
        return sorted({*globals(), *__all__})
