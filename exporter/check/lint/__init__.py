"""What makes a card hard to learn or a sheet hard to read: advice for the author, never a refusal.

Learning from cards has its craft: one thing a card, no enumerations, no twins.  Each rule is one
function over the pack, whose name is its code's; ``levels`` lets an author weigh or silence it.
Nothing here changes what is built.
"""

from collections.abc import Iterator

from exporter.check.lint import answer_length, code_size, prompts, tier_slips
from exporter.model import Pack
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Diagnostic, Severity
from exporter.model.levels import settled, weighing

__all__ = ["errors", "examine", "settled", "weighing"]


def examine(pack: Pack, config: PackConfig) -> tuple[Diagnostic, ...]:
    """Everything that a mentor would remark on, weighed as pack.toml says."""
    return settled(tuple(_remarks(pack, config)), config.lint, pack.documents, idle=True)


def errors(pack: Pack, config: PackConfig) -> tuple[Diagnostic, ...]:
    """The remarks that the author has declared to be errors, which hold a build back."""
    if "error" not in config.lint.values():
        return ()
    found = examine(pack, config)
    return tuple(one for one in found if one.severity is Severity.ERROR)


def _remarks(pack: Pack, config: PackConfig) -> Iterator[Diagnostic]:
    for question in pack.questions:
        yield from answer_length.remarks(question)
        yield from prompts.listing(question)
        yield from code_size.remarks(question)
    yield from prompts.twins(pack.questions, config)
    yield from tier_slips.remarks(pack)
