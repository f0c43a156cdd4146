"""The parser and the renderer of our Markdown, with the plug-ins of markdown_it.

One text is asked for by several stages, so what came of it is remembered.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from exporter.model import Html
from exporter.text.markup import breaks, formulas, highlight, names, tags, wiki
from exporter.text.markup.arrange import arrange
from exporter.text.markup.clean import SCHEMES, clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Tokens = Sequence[Token]

_MAX_NESTING = 100
_PARAGRAPH = 3  # tokens: open, inline, close
_OPEN, _CLOSE = "<!--", "-->"
_STRONG = {"heading_open": "{}<strong>", "heading_close": "</strong>{}"}
_NUMBERED = re.compile(r"\s*(\d{1,4})[.)]\s+\S")


SOUNDS = (".mp3", ".m4a", ".ogg", ".wav")
"""How the names of recordings end."""
Images = tuple[tuple[str, str], ...]
"""Pairs of an image's address in a document and the name of the file that shows it."""


@cache
def html(markdown: str, shown: Images = ()) -> Html:
    """Block HTML: paragraphs, lists, tables, quotes and highlighted code.

    Images that are not ``shown`` come out as their description.
    """
    return clean(_rendered(parsed(markdown), shown))


@cache
def inline_html(markdown: str, shown: Images = ()) -> Html:
    """The inline content of one paragraph, without a tag around it: prompts and titles.

    A prompt of several blocks (a list, code) comes out as ``html`` gives it: its marks would be
    shown raw otherwise.
    """
    text = markdown.strip()
    if "\n" in text and len(blocks := _parser().parse(arrange(text))) > _PARAGRAPH:
        return clean(_rendered(blocks, shown))
    return clean(_rendered(_parser().parseInline(text), shown).strip())


def parsed(markdown: str) -> "Tokens":
    """The tokens of a text, new ones at each call."""
    return _parser().parse(arrange(markdown))


def images(markdown: str) -> tuple[str, ...]:
    """The addresses of all images, in order."""
    return _read(markdown)[1]


def plain(markdown: str) -> str:
    """The words alone: no markup, one space for every break, code as it stands.

    Numbers and bullets of lists are markup.  For identity, sort fields and similarity.
    """
    return _read(markdown)[0]


@cache
def _read(markdown: str) -> tuple[str, tuple[str, ...]]:
    """The words alone and the addresses of all images, of one parsing."""
    pieces: list[str] = []
    shown: list[str] = []
    for token in parsed(markdown):
        if token.type == "inline":
            inner = token.children or ()
            pieces.append(" ".join("".join(_text(inner)).split()))
            shown += (str(one.attrs.get("src", "")) for one in inner if one.type == "image")
        elif token.type in ("fence", "code_block"):
            pieces.append(token.content.strip("\n"))
    return " ".join(piece for piece in pieces if piece), tuple(shown)


def _text(tokens: Sequence["Token"]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield _alt(token)
        else:
            yield token.content


def _alt(token: "Token") -> str:
    """An image as text: its description, or else its address, so that it is not lost."""
    return "".join(_text(token.children or ())) or str(token.attrs.get("src", ""))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable(["code", "lheading", "reference"])
    parser.use(deflist_plugin)
    parser.block.ruler.before("table", "comment", _block_comment, {"alt": ["paragraph"]})
    parser.block.ruler.before("list", "resumed", _resumed_list, {"alt": ["paragraph"]})
    parser.inline.ruler.before("autolink", "comment", _inline_comment)
    parser.inline.ruler.before("escape", "math", _inline_math)
    parser.inline.ruler.before("emphasis", "names", names.rule)
    parser.inline.ruler.before("link", "spaced_image", wiki.spaced_image)
    parser.inline.ruler.before("link", "wiki", wiki.link)
    parser.inline.ruler.before("link", "sound", wiki.sound)
    parser.inline.ruler.before("link", "bracket", _bare_bracket)
    parser.inline.ruler.before("autolink", "tag", tags.rule)
    parser.inline.ruler.before("autolink", "remark", wiki.remark)
    parser.inline.ruler.before("autolink", "marked", wiki.marked)
    parser.core.ruler.after("block", "led", _lead)
    parser.core.ruler.after("led", "breaks", _keep_breaks)
    parser.core.ruler.after("inline", "tags", tags.pair)
    return parser


def _block_comment(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """A comment that begins a line and ends another, with whatever stands between."""
    if not state.src.startswith(_OPEN, state.bMarks[start] + state.tShift[start]):
        return False
    close = _next_close(state.src, state.bMarks[start])
    line = bisect_right(state.bMarks, close) - 1
    if close < 0 or line >= end:
        return False
    if state.src[state.bMarks[line] : state.eMarks[line]].rstrip().endswith(_CLOSE):
        state.line = state.line if silent else line + 1
        return True
    return False


def _next_close(text: str, start: int) -> int:
    """Where the next comment closes; -1 where none does."""
    closes = _closes(text)
    at = bisect_left(closes, start)
    return closes[at] if at < len(closes) else -1


@lru_cache(maxsize=4)
def _closes(text: str) -> tuple[int, ...]:
    """Where comments close: asked for at every opening, found once."""
    return tuple(match.start() for match in re.finditer(_CLOSE, text))


def _inline_comment(state: "StateInline", silent: bool) -> bool:  # noqa: ARG001 - a rule's shape
    if not state.src.startswith(_OPEN, state.pos):
        return False
    end = _next_close(state.src, state.pos)
    if end < 0:
        return False
    state.pos = end + len(_CLOSE)
    return True


def _inline_math(state: "StateInline", silent: bool) -> bool:
    end = formulas.end(state.src, state.pos)
    if end is None:
        return False
    if not silent:
        state.push("math", "", 0).content = " ".join(state.src[state.pos : end].split())
    state.pos = end
    return True


def _bare_bracket(state: "StateInline", silent: bool) -> bool:
    """A bracket behind which no link ends: looking for its partner would take all that follows."""
    text, start = state.src, state.pos
    width = 2 if text.startswith("![", start) else int(text.startswith("[", start))
    if not width or start < _last_link(text):
        return False
    if not silent:
        state.pending += text[start : start + width]
    state.pos += width
    return True


@lru_cache(maxsize=4)
def _last_link(text: str) -> int:
    """Where the last link's text ends; -1 where there is none."""
    return text.rfind("](")


def _resumed_list(state: "StateBlock", start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """Lets ``2. b`` end a paragraph where a list is meant, which CommonMark allows to 1 only.

    Meant is a number after a colon's line, after the number before it, or before its next.
    """
    if not silent or state.is_code_block(start):
        return False
    lines, first, last = _numbers(state.src)
    match = _NUMBERED.match(lines[start])
    if not match:
        return False
    if lines[start - 1].rstrip(" *_").endswith(":"):
        return True
    before, after = str(int(match[1]) - 1), str(int(match[1]) + 1)
    return first.get(before, start) < start or last.get(after, start) > start


@lru_cache(maxsize=4)
def _numbers(text: str) -> tuple[list[str], Mapping[str, int], Mapping[str, int]]:
    """The lines of a text, and by number the first and last line that begins with it."""
    lines = text.split("\n")
    found = [(at, match[1]) for at, line in enumerate(lines) if (match := _NUMBERED.match(line))]
    first = {number: at for at, number in reversed(found)}
    return lines, first, {number: at for at, number in found}


_CALLOUT = re.compile(r"\[!(?P<kind>[A-Za-z][\w-]{0,30})\][+-]?[ \t]*(?P<title>[^\n]*)")
_BOX = re.compile(r"\[(?P<tick>[ xX])\][ \t]+(?=\S)")


def _lead(state: "StateCore") -> None:
    """Shows a callout's title instead of its sign, and the box of a task."""
    for before, around, token in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if token.type != "inline" or around.type != "paragraph_open":
            continue
        if before.type == "blockquote_open" and (match := _CALLOUT.match(token.content)):
            title = match["title"].strip() or match["kind"].replace("-", " ").capitalize()
            token.content = f"<b>{title}</b>{token.content[match.end() :]}"
        elif before.type == "list_item_open" and (match := _BOX.match(token.content)):
            box = "☐" if match["tick"] == " " else "☑"
            token.content = f"{box} {token.content[match.end() :]}"


def _keep_breaks(state: "StateCore") -> None:
    """Marks the author's line ends as hard breaks before inline parsing (two spaces)."""
    for token in state.tokens:
        if token.type == "inline" and "\n" in token.content:
            lines = token.content.split("\n")
            ends = ["  \n" if keep else "\n" for keep in breaks.kept(lines)]
            token.content = "".join(map(_ended, lines, [*ends, ""]))


def _ended(line: str, end: str) -> str:
    """``line`` with its end; one that its author broke by a backslash is broken already."""
    return f"{line}\n" if line.endswith("\\") and end else f"{line.rstrip()}{end}"


def _rendered(tokens: Sequence["Token"], shown: Images) -> str:
    """HTML of ``tokens``, changed in place to what cards and sheets want."""
    _number_items(tokens)
    files = dict(shown)
    for token in tokens:
        if token.type == "inline":
            _plain_links(token.children or [], files)
        elif token.type in ("heading_open", "heading_close"):
            _soften(token)
        elif token.type in ("th_open", "td_open") and "style" in token.attrs:
            token.attrs = {"class": str(token.attrs["style"]).removeprefix("text-align:")}
    return _render(tokens)


def _render(tokens: Sequence["Token"]) -> str:
    parser, renderer = _parser(), _renderer()
    parts: list[str] = []
    for at, token in enumerate(tokens):
        if token.type == "inline":
            parts.append(renderer.renderInline(token.children or [], parser.options, {}))
        elif token.type == "fence":
            parts.append(highlight.block(token.content, token.info))
        else:
            tag = renderer.renderToken(tokens, at, parser.options, {})
            parts.append(_STRONG.get(token.type, "{}").format(tag))
    return "".join(parts)


@cache
def _renderer() -> "RendererHTML":
    from markdown_it.renderer import RendererHTML

    renderer = RendererHTML(_parser())
    rules: dict[str, Any] = renderer.rules  # typed as methods, called as functions
    rules["math"] = _math
    rules["sound"] = _sound
    return renderer


def _sound(tokens: Sequence["Token"], at: int, *_: object) -> str:
    """A recording by Anki's sign for it, and by its name, which paper keeps."""
    name, said = str(tokens[at].attrs["src"]), escape(tokens[at].content)
    return f'<span class="sound">[sound:{name}]</span> {said}'


def _math(tokens: Sequence["Token"], at: int, *_: object) -> str:
    return formulas.html(tokens[at].content)


def _soften(token: "Token") -> None:
    if token.type == "heading_open":
        token.attrs = {"class": f"heading {token.tag}"}
    token.tag = "p"


def _plain_links(tokens: list["Token"], files: Mapping[str, str]) -> None:
    """Links to other places than the open web lose their tag, images without a file become their
    text."""
    shown = False
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            shown = href.partition(":")[0].lower() in SCHEMES
        if token.type in ("link_open", "link_close") and not shown:
            token.type, token.tag, token.nesting, token.content = "text", "", 0, ""
        elif token.type == "image" and (name := files.get(str(token.attrs.get("src", "")))):
            if name.endswith(SOUNDS):
                token.type, token.tag, token.content = "sound", "", _alt(token)
                token.attrs = {"src": name}
            else:
                token.attrs = {"src": name, "alt": ""}
        elif token.type == "image":
            token.type, token.tag, token.content = "text", "", _alt(token)
            token.children = None


def _number_items(tokens: Sequence["Token"]) -> None:
    """Gives an item its author's number where counting would give another.

    A list of equal numbers (``1. 1. 1.``) asks to be counted.
    """
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            lists.append([])
        elif token.type == "list_item_open" and token.markup in (".", ")"):
            lists[-1].append(token)
        elif token.type == "ordered_list_close":
            _number(lists.pop())


def _number(items: Sequence["Token"]) -> None:
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) == 1:
        return
    for (before, number), item in zip(pairwise(numbers), items[1:], strict=True):
        if number != before + 1:
            item.attrs["value"] = str(number)
