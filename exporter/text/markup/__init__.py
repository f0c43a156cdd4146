r"""Markdown of documents as HTML, plain text and highlighted code.

A document's Markdown is written by people and chat models for people, so this dialect follows
CommonMark except where that would lose or change what its author sees while typing:

- a line break is a line break, unless the paragraph is hard-wrapped (``breaks``);
- an ordered list keeps its author's numbers and may follow a paragraph's line directly;
- harmless HTML works (``tags``), all other is text, HTML comments are left out, but never inside
  code;
- mathematics stands between ``\(`` and ``\)`` or dollars (``formulas``);
- what note programs add is shown as they show it (``wiki``), callouts and boxes of tasks too;
- names of programs keep their underscores and stars (``names``);
- an image is shown where a file of it is at hand, and else its description;
- indentation alone makes code only where the lines look like code; no underlined headings, and no
  link definitions, which readers resolve for the whole document;
- nothing vanishes by depth.

Headings inside an answer become ``<p class="heading h2"><strong>``, because a card's or sheet's
own headings (and a PDF's bookmarks) are not the answer's business.  Every HTML leaves through one
``nh3`` allow-list.
"""

from exporter.text.markup.arrange import with_code
from exporter.text.markup.clean import clean
from exporter.text.markup.code_spans import outside_code
from exporter.text.markup.commonmark import SOUNDS, Images, html, images, inline_html, plain
from exporter.text.markup.highlight import highlight
from exporter.text.markup.sentences import introduces, sentences
from exporter.text.markup.tables import overlong
from exporter.text.markup.top_blocks import Block, Item, blocks

__all__ = [
    "SOUNDS",
    "Block",
    "Images",
    "Item",
    "blocks",
    "clean",
    "highlight",
    "html",
    "images",
    "inline_html",
    "introduces",
    "outside_code",
    "overlong",
    "plain",
    "sentences",
    "with_code",
]
