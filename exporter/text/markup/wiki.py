"""What note programs add to Markdown: links between notes, embedded files, marks, hidden remarks.

``[[note|name]]`` shows the name, ``![[file.png|300]]`` the file, ``==words==`` are marked and
``%%words%%`` are left out.  Program code has the same signs: two brackets count where what stands
in them can be no index and no specification's slot (``[[Prototype]]``).
"""

import re
from typing import TYPE_CHECKING

from exporter.text.markup import tags

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_LONGEST = 500  # characters of a link or a remark
_LINK = re.compile(
    rf"(?P<shows>!?)\[\[(?P<to>[^\[\]|#\n]{{0,{_LONGEST}}})(?:#(?P<part>[^\[\]|\n]{{1,{_LONGEST}}}))?"
    rf"(?:\|(?P<name>[^\[\]\n]{{1,{_LONGEST}}}))?\]\]"
)
_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|mp3|m4a|ogg|wav)$", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?$")
_SLOT = re.compile(r"[A-Z][A-Za-z]*$|[\d\s,.'\"+-]*$")
_SPACED = re.compile(
    r"!\[(?P<about>[^\[\]\n]{0,300})\]\("
    r"(?P<to>[^()<>\n\"]{1,300}?\.(?:png|jpe?g|gif|webp|svg))(?:\s+=\d*x?\d*|\s+\"[^\"\n]*\")?\s*\)"
    r"(?P<braces>\{[^{}\n]{0,100}\})?",
    re.IGNORECASE,
)
_REMARK = re.compile(rf"%%(?! )[^%\n]{{1,{_LONGEST}}}(?<! )%%(?!\w)")


def link(state: "StateInline", silent: bool) -> bool:
    """A link to another note by the name that it is shown with; an embedded image."""
    match = _LINK.match(state.src, state.pos)
    if match is None or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    target, name = match["to"].strip(), (match["name"] or "").strip()
    if not name and not match["part"] and not match["shows"] and _SLOT.match(target):
        return False
    if not silent:
        if match["shows"] and _FILE.search(target):
            tags.image(state, target, "" if _SIZE.match(name) else name)
        else:
            said = (name, f"{target} › {match['part']}" if match["part"] else target)
            state.push("text", "", 0).content = next(filter(None, said)).strip(" ›")
    state.pos = match.end()
    return True


def spaced_image(state: "StateInline", silent: bool) -> bool:
    """An image whose path has spaces or a size behind it, which CommonMark takes for text."""
    match = _SPACED.match(state.src, state.pos)
    if match is None or not (" " in match["to"] or "\\" in match["to"] or _sized(match)):
        return False
    if not silent:
        described, _, size = match["about"].rpartition("|")
        about = described if _SIZE.match(size) else match["about"]
        tags.image(state, match["to"].strip(), about)
    state.pos = match.end()
    return True


def _sized(match: re.Match[str]) -> bool:
    about = match["about"].rpartition("|")[2]
    return bool(match["braces"] or " =" in match.group() or _SIZE.match(about))


def remark(state: "StateInline", silent: bool) -> bool:  # noqa: ARG001 - a rule's shape
    """What Obsidian never shows."""
    before = state.src[state.pos - 1] if state.pos else " "
    match = _REMARK.match(state.src, state.pos) if before.isspace() else None
    if match is None:
        return False
    state.pos = match.end()
    return True


_SOUND = re.compile(rf"\[sound:(?P<to>[^\[\]\n]{{1,{_LONGEST}}})\]")


def sound(state: "StateInline", silent: bool) -> bool:
    """A recording as Anki's own fields name it."""
    match = _SOUND.match(state.src, state.pos)
    if match is None or not _FILE.search(match["to"].strip()):
        return False
    if not silent:
        tags.image(state, match["to"].strip(), "")
    state.pos = match.end()
    return True


_MARKED = re.compile(r"==(?=[^\s=])(?P<text>[^=\n]+(?:=[^=\n]+)*)(?<=[^\s=])==(?![\w=])")


def marked(state: "StateInline", silent: bool) -> bool:
    """Words that are marked as by a felt pen."""
    before = state.src[state.pos - 1] if state.pos else " "
    if before.isalnum() or before in "=!<>":
        return False
    match = _MARKED.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        end = state.posMax
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = match.start("text"), match.end("text")
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("mark_close", "mark", -1)
    state.pos = match.end()
    return True
