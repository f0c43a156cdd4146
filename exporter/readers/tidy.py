"""HTML around Markdown, as Markdown: folds and wrappers go, line breaks, images and emphasis stay;
and what authors write in braces behind a line is for the program alone.

Authors and the sites they write for fold answers, centre images and break lines with HTML.  Only
what has a plain Markdown form is changed, and only outside code; every other tag stays as written
and is shown or escaped by the writers' one allow-list.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from exporter.model import Source, Tier
from exporter.readers import labels
from exporter.readers.inline import TOP_LINK, attributes
from exporter.readers.outline import Form, Opener
from exporter.readers.scan import Line, LineKind, bold, scan, undecorated
from exporter.readers.vocabulary import Word
from exporter.text.markup import outside_code

_WRAPPER = re.compile(
    r"</?(?:details|summary|p|div|center|section|span|font|small|big|ul|ol|picture|source)\b[^<>]*>"
    r"|<a\s+(?:name|id)\s*=[^<>]*>\s*(?:</a>)?",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"<summary\b[^<>]*>.*?(?:</summary>|$)", re.IGNORECASE)
_BREAK = re.compile(r"\s*<br\b[^<>]*>\s*", re.IGNORECASE)
_BOLD = re.compile(r"<(?P<tag>b|strong)>(?P<text>[^<>]*\S[^<>]*+)</(?P=tag)>", re.IGNORECASE)
_ITALIC = re.compile(r"<(?P<tag>i|em)>(?P<text>[^<>]*\S[^<>]*+)</(?P=tag)>", re.IGNORECASE)
_CODE = re.compile(r"<code>(?P<text>[^<>`]*)</code>", re.IGNORECASE)
_LOOSE = re.compile(r"</?(?:b|strong|i|em|hr)\s*/?>", re.IGNORECASE)
_IMAGE = re.compile(r"<img(?![\w/.-]*\w)(?P<attributes>[^<>]*?)/?>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\s[^<>]*?href\s*=\s*[\"'](?P<to>[^\"'<>]*)[\"'][^<>]*>(?P<text>[^<>]*)</a>", re.I
)
_ATTRIBUTE = re.compile(r"\b(?P<name>src|alt)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')", re.I)
_HEAD = re.compile(r"<h[1-6]\b[^<>]*>|</h[1-6]>", re.IGNORECASE)
_CALLOUT = re.compile(r"(?P<lead>\s*>\s*)\[![\w-]+\][+-]?\s*(?P<title>.*)$")


def tidy(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` with their HTML as Markdown; lines of nothing but wrappers become blank."""
    return tuple(_tidied(line) for line in lines)


def _tidied(line: Line) -> Line:
    if "](#" in line.raw and line.kind is not LineKind.CODE:
        line = replace(line, raw=TOP_LINK.sub("", line.raw), text=TOP_LINK.sub("", line.text))
    if line.empty or line.kind in (LineKind.CODE, LineKind.FENCE):
        return line
    if line.raw.rstrip().endswith("}"):
        line = replace(line, raw=attributes(line.raw)[0], text=attributes(line.text)[0])
    if "<" not in line.raw and "[!" not in line.raw:
        return line
    if match := _CALLOUT.match(line.raw):
        title = match["title"].strip()
        return replace(line, raw=f"{match['lead']}**{title}**" if title else match["lead"].rstrip())
    raw = outside_code(line.raw, _markdown).rstrip()
    if raw == line.raw:
        return line
    if not raw.strip():
        return replace(line, raw="", kind=LineKind.BLANK, text="")
    text = outside_code(line.text, _markdown).strip()
    return replace(line, raw=raw, text=text)


def _markdown(text: str) -> str:
    if "<" not in text:
        return text
    text = _CODE.sub(r"`\g<text>`", text)
    text = _IMAGE.sub(_image, text)
    text = _LINK.sub(r"[\g<text>](\g<to>)", text)
    text = _HEAD.sub("", _WRAPPER.sub("", _SUMMARY.sub("", text)))
    text = _BOLD.sub(lambda match: f"**{match['text'].strip()}**", text)
    text = _ITALIC.sub(lambda match: f"*{match['text'].strip()}*", text)
    text = _LOOSE.sub("", text)
    if "|" in text:
        return text
    parts = _BREAK.split(text)
    while parts and not parts[-1].strip():
        parts.pop()
    while parts and not parts[0].strip():
        parts.pop(0)
    return "  \n".join(parts) if len(parts) > 1 else "".join(parts)


def _image(match: re.Match[str]) -> str:
    found = {
        one["name"].casefold(): one["a"] if one["a"] is not None else one["b"]
        for one in _ATTRIBUTE.finditer(match["attributes"])
    }
    source = found.get("src", "")
    return f"![{found.get('alt', '')}]({source.replace(' ', '%20')})" if source else ""


_QUOTE = re.compile(r"^\s*>\s?")


def unquoted(lines: tuple[Line, ...], openers: Sequence[Opener]) -> tuple[Line, ...]:
    """``lines`` with the callouts that ask or answer as plain lines."""
    callouts = [one for one in openers if one.form is Form.CALLOUT and (one.means or one.asks)]
    changed = list(lines)
    for callout in callouts:
        at = callout.at
        raws = []
        while at < len(lines) and lines[at].raw.lstrip().startswith(">"):
            raws.append(_QUOTE.sub("", lines[at].raw))
            at += 1
        inner = scan(Source("", tuple(raws)))
        for nth, line in enumerate(inner[1:], callout.at + 1):
            changed[nth] = replace(line, number=lines[nth].number)
    return tuple(changed)


# -- answers in quotations -------------------------------------------------------------------------

# A quotation counts as one if its first line is a label of an answer and no label stands unquoted
# above it under the same heading; what an author quotes inside an answer stays quoted.
_ANSWERING = (Word.ANSWER, Word.OUTPUT)


def without_quotes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` without the marks of quotations that are answers; the same number of lines."""
    found: list[Line] = []
    labelled = False
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        while line.kind is LineKind.QUOTE and end < len(lines):
            if lines[end].kind is not LineKind.QUOTE:
                break
            end += 1
        quoted = line.kind is LineKind.QUOTE
        bare = _bare(lines[at:end]) if quoted and not labelled else (line,)
        opens = quoted and not labelled and _answers(bare[0])
        found.extend(bare if opens else lines[at:end])
        if line.kind is LineKind.HEADING or (line.kind is LineKind.TEXT and not labelled):
            labelled = _answers(line)
        at = end
    return tuple(found)


def _answers(line: Line) -> bool:
    """Whether a line is, or begins with, the label of an answer."""
    if line.kind not in (LineKind.TEXT, LineKind.HEADING) or len(line.text) > 400:
        return False
    text = line.text.replace("**", "").replace("__", "")
    label = labels.label(bold(line.text) or undecorated(text))
    return label is not None and (isinstance(label.means, Tier) or label.means in _ANSWERING)


def _bare(run: Sequence[Line]) -> tuple[Line, ...]:
    raws = tuple(line.raw.strip().removeprefix(">").removeprefix(" ") for line in run)
    inner = scan(Source("", raws))
    return tuple(
        replace(line, number=outer.number, indent=line.indent + outer.indent)
        for line, outer in zip(inner, run, strict=True)
    )
