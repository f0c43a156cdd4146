"""The deck as a page: every card as a phone, a tablet and a desktop show it, by day and by night.

One file that opens from disk and asks nothing of any network.  Cards are rendered by the templates
of the package and shown in frames that run no script, as their texts come from documents; the
page's own script is named by its digest in the page's policy, so that no other can run.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape
from string import Template

from exporter.deck.apkg import card_templates
from exporter.deck.notetypes import Field
from exporter.deck.preview import mustache
from exporter.model import Note, Pack, Picture, Tier
from exporter.model.config import PackConfig
from exporter.pack import media
from exporter.system import resources

PAGE = "preview/index.html"
_FRONT = "\x01"
"""Stands in a back for its front, which the page has already; no field holds this sign."""


def sides(note: Note, language: str) -> tuple[str, str]:
    """Front and back of a note's card as Anki renders them (HTML)."""
    face = card_templates.look(note.tier, language).faces[0]
    fields = {field.title: note.fields[field] for field in Field}
    front = mustache.render(face.front, fields)
    return front, mustache.render(face.back, fields | {mustache.FRONT_SIDE: front})


def page(
    notes: Sequence[Note], pictures: Sequence[Picture], pack: Pack, config: PackConfig
) -> bytes:
    """The whole page; the sheets are looked for beside its folder."""
    value = {
        "css": card_templates.look(Tier.SHORT, config.language).css,
        "cards": [_card(note, config.language) for note in notes],
        "pictures": {one.name: media.address(one) for one in pictures},
        "sheets": _sheets(pack, config),
    }
    script = _read("preview.js")
    filled = {
        "title": escape(config.title),
        "style": _read("preview.css"),
        "script": script,
        "digest": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "content": _embedded(value),
    }
    return Template(_read("preview.html")).substitute(filled).encode()


def _card(note: Note, language: str) -> Mapping[str, object]:
    """A card for the page: its back is cut where the front stands in it."""
    face = card_templates.look(note.tier, language).faces[0]
    fields = {field.title: note.fields[field] for field in Field}
    back = mustache.render(face.back, fields | {mustache.FRONT_SIDE: _FRONT})
    tags = dict(tag.split("::", 1) for tag in note.tags if tag.startswith(("week::", "day::")))
    return {
        "key": note.key,
        "tier": note.tier.value,
        "week": tags.get("week", ""),
        "day": tags.get("day", ""),
        "question": note.fields[Field.QUESTION],
        "front": mustache.render(face.front, fields),
        "back": back.split(_FRONT),
    }


def _sheets(pack: Pack, config: PackConfig) -> list[Mapping[str, str]]:
    """The sheets that a build prints, by name and title."""
    if pack.plan is None:
        return [{"file": f"{config.slug}.pdf", "title": config.title}]
    weeks = [
        {"file": f"{config.slug}-week-{week.number}.pdf", "title": f"{week.number}: {week.title}"}
        for week in pack.plan.weeks
    ]
    return [*weeks, {"file": f"{config.slug}-beyond.pdf", "title": "…"}]


def _embedded(value: object) -> str:
    """JSON that no HTML parser can take for the end of its element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _read(name: str) -> str:
    return (resources.templates() / "web" / name).read_text("utf-8").replace("\r\n", "\n")
