"""Notes that go, in a package of their own: learners see why a card gets no more updates."""

from collections.abc import Iterable, Sequence
from html import escape

from exporter.deck import decknames
from exporter.deck.cards.magic import harmless, harmless_plain
from exporter.deck.notetypes import Field, content_hash, former_hash
from exporter.model import Former, Html, Note
from exporter.model.config import PackConfig
from exporter.text import fixed_words, markup
from exporter.text.fixed_words import Wording

TAG = "retired"


def farewells(formers: Iterable[Former], config: PackConfig) -> tuple[Note, ...]:
    """A note for each former one, with its last texts, a banner and the tag ``retired``."""
    words = fixed_words.in_language(config.language)
    root = decknames.root(config)
    return tuple(_farewell(former, rank, root, words) for rank, former in enumerate(formers))


def _farewell(former: Former, rank: int, deck: str, words: Wording) -> Note:
    fields = _fields(former, words)
    tags = tuple(sorted((TAG, f"tier::{former.tier}")))
    return Note(
        guid=former.guid,
        key=former.key,
        question=former.question,
        tier=former.tier,
        fields=fields,
        deck=deck,
        tags=tags,
        rank=rank,
        content_hash=content_hash(former.tier, fields, tags),
        former_hash=former_hash(former.tier, fields, tags),
    )


def _fields(former: Former, words: Wording) -> tuple[Html, ...]:
    first = former.code.strip().split("\n")[0]
    line = former.prompt or f"{words.prints} {first}"
    texts = {
        Field.FRONT: _paragraphs(former.prompt) + _choices(former.choices),
        Field.CODE: markup.highlight(former.code, None) if former.code else "",
        Field.ANSWER: _paragraphs(former.answer) or "—",
        Field.NOTICE: escape(words.answer_gone if former.answered else words.question_gone),
        Field.KEY: escape(former.key),
    }
    shown = {field: harmless(text) for field, text in texts.items()}
    shown[Field.QUESTION] = harmless_plain(escape(line, quote=False))
    return tuple(shown.get(field, Html("")) for field in Field)


def _choices(texts: Sequence[str]) -> str:
    """What the question offered, with the letters it had."""
    items = "".join(f"<li>{escape(text, quote=False)}</li>" for text in texts)
    return f'<ol class="choices" type="A">{items}</ol>' if items else ""


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in text.split("\n\n"))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)
