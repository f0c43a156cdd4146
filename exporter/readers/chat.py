"""Left-overs of a chat, and comments: what a document holds that was never meant for a learner.

Documents that were written with a chat model keep its offers ("If you want, I can …"), openings
("Sure! Here is …") and farewells ("Hope this helps!").  Each sentence is weighed by its wording; a
paragraph is a left-over only where every sentence is, because a lost answer is worse than a
left-over that a reader of the sheet shrugs at.  A trained classifier was turned down: nobody could
say why it dropped a line.  What is plain chat is marked SKIPPED and said; what may be either is
taken aside as a Reading with a warning, but only at the edge of a passage.  What an answer begins
with is never taken, whatever it says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Reading, ReadingKind, Tier
from exporter.readers import labels
from exporter.readers.scan import (
    LISTED,
    Line,
    LineKind,
    bold,
    location,
    markdown,
    titles_above,
    undecorated,
    unmarked,
)
from exporter.readers.vocabulary import Word


class Verdict(Enum):
    """``CHAT``: nothing but chat.  ``OFFER``: chat that announces a list.  ``PRESENTS``: hands the
    document over, chat where one begins.  ``LOOSE``: may be chat.  ``CONTENT``: everything else."""

    CHAT = auto()
    OFFER = auto()
    PRESENTS = auto()
    LOOSE = auto()
    CONTENT = auto()


class _Tone(Enum):
    CHAT = auto()
    OPENING = auto()  # "Sure!": chat if the paragraph goes on like one
    PRESENTS = auto()  # "Here's your updated plan:"
    COMPANY = auto()  # "Good luck!": chat in the company of chat, else content
    LOOSE = auto()
    PLAIN = auto()


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# What a chat model offers to make, or to make it of.
_PRODUCT = (
    r"(?:flash ?cards?|anki|quiz(?:zes)?|mock|pdf|docx?|markdown|csv|json|spreadsheet|notion|readme"
    r"|cheat ?sheets?|mind ?maps?|diagrams?|summar(?:y|ies)|versions?|model answers|answer keys?"
    r"|sample answers|more (?:\w+ ){0,2}(?:questions?|examples?|sets?|topics?|details?|exercises?"
    r"|practice|depth)|(?:next|another|new) (?:\w+ )?(?:set|part|section|chapter|batch|level|week"
    r"|topic|day|round)|study plan|roadmap|practice (?:problems|questions)|tests? yourself"
    r"|turn (?:this|it|these|them|all)|convert (?:this|it|these)|expand|continue|go deeper"
    r"|tailor|customi[sz]e|personali[sz]e|step[- ]by[- ]step|walk you|help you|(?:for|give|send"
    r"|show|ask|test|teach|quiz|prepare|generate) you|interview (?:simulation|round|session)"
    r"|simulate|generate|format(?:ted)? (?:this|it|them))"
)
_DOCUMENT = (
    r"(?:version|(?:check)?list|plan|guide|document|readme|file|set|roadmap|schedule|notes"
    r"|cheat ?sheet|markdown|questions|answers|content|draft|outline|breakdown|summary|collection)"
)
_WISH = r"if you(?:'d| would)?(?: still| also| ever)? (?:want(?: to)?|like|wish|prefer|need)"
_I = r"(?:i(?:'ll|'d| can| could| will| would|'m (?:happy|glad) to)|we can|let me)"
_GO_ON = (
    r"(?:continue|proceed|go on|keep going|begin|start|move on|carry on|expand|generate|create|make"
    r"|prepare|turn|convert|add|do (?:that|this|it)|give|send|show|build|write|produce|provide)"
)

_CHAT = _any(
    rf"^(?:(?:so|and|also|now|next|or|then)[, ]+)*{_WISH}(?: to)?(?: so)?\s*[,—–-]*\s*{_I}\b",
    rf"^{_WISH}\b.*\b{_PRODUCT}.*,\s*(?:{_I}\b|just |please |simply )?"
    r"(?:i |open an issue|ask|tell me|let me|ping|say|reply|extend this|message|type|comment)",
    rf"^{_WISH}\b.*,\s*{_I}\b.*\b{_PRODUCT}",
    rf"^{_WISH}\b.*,\s*(?:(?:just|please|simply) )?"
    r"(?:let me know|tell me|say (?:so|the word|[\"“'‘])|ask me|reply with|type [\"“'‘])",
    r"^(?:do|would|did) you (?:want|like|prefer|wish) (?:me|for me) to\b",
    rf"^(?:do|would) you (?:want|like|prefer|need)\b.*\b{_PRODUCT}.*\?$",
    r"^(?:(?:do|would) you )?(?:want|like) me to\b",
    rf"^want\b.*\b{_PRODUCT}.*\?$",
    rf"^(?:shall|should) (?:i|we) (?:now |also )?{_GO_ON}\b(?:(?! or ).)*\?$",
    r"^if (?:this|that|it|any(?:thing)?|something|you (?:have|need|spot|find|found))\b.{0,60}, "
    r"(?:just |please )?let me know\b",
    r"^want more\?$",
    r"^that's (?:all|it)\b.*\b(?:want me|shall i|should i|would you like)\b.*\?$",
    r"^(?:would|does|will) that (?:help|work(?: for you)?|be (?:useful|helpful))\?$",
    r"^(?:please |just |and |so |or )*let me know\b(?!.*[\"”]$)",
    r"^(?:please )?feel free to (?:ask|reach out|let me|message|ping|tell me|contact me|request)\b",
    r"^(?:please )?don't hesitate to (?:ask|reach out|let me|contact)\b",
    r"^(?:just|simply) (?:tell me|ask me|ping me|let me know)\b",
    r"^(?:just|simply) (?:ask|say so)[.!]?$",
    r"^(?:just|simply) (?:say|type|reply(?: with)?):? (?:[\"“'‘]|the word|yes|next|which"
    r"|when|what)",
    r"^(?:say|type|reply(?: with)?) [\"“'‘*].{1,30}[\"”'’*]+ (?:and|to|if|when|for)\b",
    r"^tell me (?:which (?:one|of|version|option|topic|set|part|format)|if you|what you(?:'d"
    r"| want))",
    r"^(?:i'm|i am|i'd be|i would be) (?:happy|glad) to (?:help|expand|provide|elaborate"
    r"|explain|create|generate|adjust|go)\b",
    r"^(?:i )?hope (?:this|that|it|these) (?:helps|was helpful|is helpful|is useful|clarif)",
    r"^(?:i )?hope you (?:find|found|enjoy(?:ed)?) (?:this|that|it|these)\b",
    r"^if you (?:need|want|have) (?:anything|something) (?:else|more)\b.{0,30}, (?:just |please )?"
    r"(?:ask(?: me)?|let me know|say so)[.!]*$",
    rf"^next steps?: (?:i|we) can\b.*\b{_PRODUCT}",
    r"^(?:\w+[,!] )?(?:let's |we'll |i'll )?continu(?:e|ing) with (?:the )?(?:next )?(?:set|part"
    r"|section|week|chapter|batch)\b.{0,20}$",
    r"^(?:can|may|could) i help (?:you )?with (?:anything|something) else\b",
    r"^is there (?:anything|something) else (?:you|i)\b",
    r"^say the word and i\b",
    r"^(?:do you )?want (?:the (?:answers|solutions)|(?:set|part|week) \d+)\b.{0,20}\?$",
    r"^(?:happy|glad) to (?:help|expand|elaborate|adjust)\b",
    r"^(?:which|what|where) (?:one |topic |part |set |section )?would you like (?:me to\b|to (?:see"
    r"|do next|start|begin|focus|cover|tackle|continue|practi[cs]e)\b)",
    r"^which (?:one |of these |topic |part |set )?(?:do|would) you (?:want|prefer|like)(?: me to"
    r"| next| first| to (?:start|begin|see|do))",
    r"^(?:are you )?ready (?:for (?:the next|more|another|set|part|round)|to (?:start|begin"
    r"|continue))\b.*\?$",
    r"^shall we (?:begin|start|continue|go on|move on|proceed|dive)\b",
    r"^as an? (?:ai|large language|language)\b.*\b(?:model|assistant)\b",
    r"^as (?:you )?(?:requested|asked)\b",
    r"^you(?:'re| are) welcome\b",
    r"^(?:chatgpt|assistant|claude|gemini|copilot) said:?$",
    # the same in German
    r"^wenn du (?:möchtest|willst|magst),? (?:kann|könnte|erstelle|mache) ich\b",
    r"^(?:möchtest|willst) du,? dass ich\b",
    r"^soll ich (?:dir |das |daraus |noch |auch |nun )*.*\b(?:erstellen|machen|weitermachen"
    r"|fortfahren|schreiben|zusammenstellen)\b.*\?$",
    r"^(?:sag|gib) (?:mir )?(?:einfach |gerne |kurz )?bescheid\b",
)
_HERE = r"^(?:here(?:'s|'re| is| are)|below (?:is|are))"
_PRESENTS = _any(
    rf"{_HERE} (?:the|your|an?|my) (?:\w+,? (?:and )?)*?(?:updated|revised|improved|rewritten"
    rf"|polished|cleaned[- ]up|corrected|reformatted|requested|extended|expanded)\b"
    rf".*\b{_DOCUMENT}\b",
    rf"{_HERE} your\b.*\b{_DOCUMENT}\b",
    rf"{_HERE} (?:what|the \w.*) you (?:asked|requested|wanted)\b",
)
_OPENING = _any(
    r"^(?:sure(?: thing)?|certainly|absolutely|of course|got it|no problem|perfect|awesome|great"
    r"|understood|okay|ok|alright|(?:great|good|excellent) (?:question|idea|choice|point)|gerne"
    r"|natürlich)(?: thing)?[!.,:— –-]*$"
)
_OPENED = _any(
    r"^(?:sure(?: thing)?|certainly|absolutely|of course|got it|no problem|perfect|awesome|great"
    r"|understood|okay|ok|alright|gerne|natürlich)\s*[!.,:—–-]+\s*(?:so |then )?"
    r"(?:here(?:'s|'re| is| are)|below|let's|let me|i've|i'll|i have|i will|i can"
    r"|we(?:'ll| will| can)|this is|hier)\b"
)
_FAREWELL = (
    r"(?:good luck|happy (?:coding|learning|studying|hacking|interviewing|prepping|practi[sc]ing)"
    r"|best of luck|you(?:'ve)? got this|all the best|enjoy|cheers|thanks?(?: you)?|viel erfolg)"
)
_COMPANY = _any(
    rf"^{_FAREWELL}\b.{{0,60}}$",
    r"^(?:(?:next|now|then|after that|from here),? )?(?:i|we) (?:can|could|will) (?:also |even )*"
    rf".*\b{_PRODUCT}",
    rf"^i'(?:ll|d|ve) (?:also |then |now )?.*(?:\b{_PRODUCT}|\bfor you\b)",
    r"^(?:it|they|this|that|these|those|each(?: one)?)(?:'ll| would| will| can) .*",
    r"^(?:and )?that(?:'s| is) (?:it|all|a wrap)(?: for (?:now|today))?[!.]$",
    r"^(?:or|and) (?:i|we|would|do|should|shall|just)\b.*",
    r"^(?:just|please) .{1,40}[!.]$",
    r"^(?:ready|deal|sound good|does that (?:work|help|make sense)(?: for you)?)\?$",
)
_LOOSE = _any(
    rf"^{_FAREWELL}\b[^.]{{0,60}}!$",
    r"^below you(?:'ll| will) find\b",
    rf"^{_WISH}(?: to)? (?:go (?:even )?(?:deeper|further)|learn more|dig deeper|dive deeper"
    r"|know more|explore|read more|practi[sc]e more|see more)\b.*,",
    r"^you can (?:later |always |also )*(?:ask(?: me)? (?:for|to)|request)\b",
    r"^(?:you can )?(?:later |always )?ask me (?:for|to)\b",
    r"^(?:would you like|do you want|ready) to (?:start|begin|continue|proceed|go on|move on|try)\b"
    r".*\?$",
    rf"{_HERE} .*{_DOCUMENT}\b.{{0,60}}[:.]$",
    rf"^i (?:can|could) (?:also |even )*.*\b{_PRODUCT}",
    r"^i've (?:also )?(?:added|updated|created|included|organi[sz]ed|structured|kept|made)\b",
    rf"^{_WISH}\b.*\b{_PRODUCT}",
)

_MARKS = re.compile(r"[*_`]+|^\s*[>#-]+\s*")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|z\.B|bzw|approx)\.$", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[^\sa-zäöü(])")


def judged(text: str) -> Verdict:
    """What the wording of one paragraph (its lines joined or not) says about it."""
    sentences = _sentences(text)
    if not sentences:
        return Verdict.CONTENT
    tones = [_tone(sentence) for sentence in sentences]
    if _Tone.PLAIN not in tones:
        return _without_plain(tones, sentences[-1])
    begins = tones.index(_Tone.PLAIN)
    announced = begins > 0 and sentences[begins - 1].endswith(":")
    if announced and tones[begins - 1] is _Tone.CHAT and "\n" in text.strip():
        return Verdict.CHAT
    return Verdict.CONTENT


def _without_plain(tones: list[_Tone], last: str) -> Verdict:
    opened = tones[0] is _Tone.OPENING and tones[1:2] in ([_Tone.PRESENTS], [_Tone.LOOSE])
    if opened or _Tone.CHAT in tones:
        offers = tones[-1] is _Tone.CHAT and last.endswith(":") and not _OPENED.search(last)
        return Verdict.OFFER if offers else Verdict.CHAT
    if _Tone.PRESENTS in tones or tones == [_Tone.OPENING]:
        return Verdict.PRESENTS
    return Verdict.LOOSE if _Tone.LOOSE in tones else Verdict.CONTENT


def _sentences(text: str) -> list[str]:
    """Sentences without emphasis and decoration; a line that ends in a colon ends a sentence."""
    found: list[str] = []
    for block in re.split(r"(?<=:)\s*\n", text.strip()):
        words = " ".join(_MARKS.sub("", line) for line in block.replace("’", "'").split("\n"))
        for part in _END.split(" ".join(words.split())):
            if found and _ABBREVIATION.search(found[-1]):
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(undecorated(part))
    return [sentence for sentence in found if sentence]


def _tone(sentence: str) -> _Tone:
    tones = (
        (_CHAT, _Tone.CHAT),
        (_OPENED, _Tone.CHAT),
        (_PRESENTS, _Tone.PRESENTS),
        (_OPENING, _Tone.OPENING),
        (_LOOSE, _Tone.LOOSE),
        (_COMPANY, _Tone.COMPANY),
    )
    return next((tone for pattern, tone in tones if pattern.search(sentence)), _Tone.PLAIN)


# -- which paragraphs are taken --------------------------------------------------------------------

_INDENT = 4  # columns from which a line belongs to what stands above it


def mark(
    path: str, lines: Sequence[Line], report: Report
) -> tuple[tuple[Line, ...], tuple[Reading, ...]]:
    """``lines`` with chat marked SKIPPED and doubtful paragraphs KEPT_ASIDE, and the latter as
    Readings (advice), in order.  Comments are SKIPPED by the scanner and reported here."""
    _report_comments(path, lines, report)
    marked = list(lines)
    unsure: list[tuple[int, int]] = []
    for first, last in _paragraphs(lines):
        verdict = judged("\n".join(line.raw for line in lines[first:last]))
        if verdict is not Verdict.CONTENT and answers(marked, first, last):
            continue
        if verdict is Verdict.PRESENTS:
            verdict = Verdict.CHAT if _opens(marked, first) else Verdict.LOOSE
        if verdict is Verdict.LOOSE:
            unsure.append((first, last))
        elif verdict is not Verdict.CONTENT:
            run = lines[first : _list_end(lines, last) if verdict is Verdict.OFFER else last]
            _report_chat(path, run, report)
            _skip(marked, run, LineKind.SKIPPED)
    doubtful: list[Reading] = []
    for first, last in unsure:
        if _at_edge(marked, first, last):
            run = lines[first:last]
            doubtful.append(_aside(path, lines, run, report))
            _skip(marked, run, LineKind.KEPT_ASIDE)
    return tuple(marked), tuple(doubtful)


def _skip(lines: list[Line], run: Sequence[Line], kind: LineKind) -> None:
    """Mark the lines of ``run`` as ``kind``; blank ones stay."""
    for line in run:
        if line.kind is not LineKind.BLANK:
            lines[line.number - 1] = replace(line, kind=kind)


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Index ranges of paragraphs of plain text that continue nothing above them."""
    start: int | None = None
    before = LineKind.BLANK
    for index, line in enumerate(lines):
        if line.kind is not LineKind.TEXT:
            if start is not None:
                yield start, index
            start = None
        elif start is None and _begins(before, line):
            start = index
        before = line.kind if line.kind is not LineKind.TEXT or start is not None else before
    if start is not None:
        yield start, len(lines)


def _begins(before: LineKind, line: Line) -> bool:
    """Whether a line of text is the first of a paragraph; a line directly below a bullet or a
    quotation goes on with it."""
    return before not in (*LISTED, LineKind.QUOTE) and line.indent < _INDENT


def _list_end(lines: Sequence[Line], index: int) -> int:
    """The index behind the list that follows a paragraph, or ``index`` where none does."""
    end, at = index, index
    while at < len(lines):
        line = lines[at]
        belongs = line.kind is LineKind.TEXT and (line.indent > 0 or end == at) and end > index
        if line.kind in LISTED or belongs:
            end = at + 1
        elif not line.empty:
            break
        at += 1
    return end


def _opens(lines: Sequence[Line], first: int) -> bool:
    """Whether a message could begin here: after a rule, or with nothing but headings above."""
    before = nearest(lines, first, -1)
    if before is None or before.kind is LineKind.RULE:
        return True
    if before.kind is not LineKind.HEADING:
        return False
    above = (line for line in lines[:first] if not line.empty)
    return all(line.kind in (LineKind.HEADING, LineKind.RULE) for line in above)


def _at_edge(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a heading, a rule or the document's end stands on one side of the paragraph."""
    edges = (LineKind.HEADING, LineKind.RULE)
    before, after = nearest(lines, first, -1), nearest(lines, last, 1)
    if before is None or after is None:
        return True
    return before.kind in edges or after.kind in edges


def _aside(path: str, lines: Sequence[Line], run: Sequence[Line], report: Report) -> Reading:
    place = location(path, run)
    message = (
        f'may be a left-over of a chat: "{_beginning(run)}": kept as a reading; delete or reword it'
    )
    report(Diagnostic(place, Code.CHAT_DOUBTFUL, message))
    section = titles_above(lines, place.first)
    return Reading(ReadingKind.ADVICE, None, markdown(run), place, section)


def _report_chat(path: str, run: Sequence[Line], report: Report) -> None:
    message = f'left out, it speaks to a chat partner: "{_beginning(run)}"'
    report(Diagnostic(location(path, run), Code.CHAT_LEFT_OUT, message))


def _beginning(run: Sequence[Line]) -> str:
    text = run[0].text
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _report_comments(path: str, lines: Sequence[Line], report: Report) -> None:
    for run in _comments(lines):
        many = f"{len(run)} lines" if len(run) > 1 else "one line"
        message = f"a comment of {many} is left out; take its marks off to print it"
        report(Diagnostic(location(path, run), Code.COMMENT_LEFT_OUT, message))


def _comments(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of comment lines; blank lines within a comment belong to it."""
    runs: list[list[Line]] = []
    inside = False
    for line in lines:
        if line.marker != "<!--":
            inside = False
        elif inside:
            runs[-1].append(line)
        else:
            runs.append([line])
            inside = True
    return runs


# -- answers by their place ------------------------------------------------------------------------

_FEW = 3  # words up to which a paragraph is too brief to be told from an answer
_ANSWERING = (Word.ANSWER, Word.EXPLANATION, Word.OUTPUT)


def answers(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether the paragraph from index ``first`` to before ``last`` is, or begins, an answer."""
    above = nearest(lines, first, -1)
    if above is None:
        return False
    if _names_answer(above):
        return True
    words = " ".join(line.text for line in lines[first:last]).split()
    if len(words) > _FEW or _opening(lines, first):
        return False
    return _asks(above) or (_titles(above) and _sole(lines, last))


def nearest(lines: Sequence[Line], at: int, step: int) -> Line | None:
    """The first line that is not empty above index ``at`` (step -1), or from it on (step 1)."""
    place = at if step > 0 else at - 1
    while 0 <= place < len(lines):
        if not lines[place].empty:
            return lines[place]
        place += step
    return None


def _names_answer(line: Line) -> bool:
    """Whether a line is the label of an answer or of a depth, and nothing more."""
    if line.kind not in (LineKind.HEADING, LineKind.TEXT, LineKind.BULLET):
        return False
    found = labels.label(_name(line))
    if found is None or found.rest:
        return False
    return isinstance(found.means, Tier) or found.means in _ANSWERING


def _name(line: Line) -> str:
    return undecorated(unmarked(line.text))


def _opening(lines: Sequence[Line], first: int) -> bool:
    """Whether nothing but the document's title stands above."""
    above = nearest(lines, first, -1)
    top = nearest(lines, 0, 1)
    return above is top and top is not None and top.kind is LineKind.HEADING and not _asks(top)


def _asks(line: Line) -> bool:
    marked = line.kind in (LineKind.HEADING, LineKind.TEXT, LineKind.NUMBERED, LineKind.BULLET)
    asks = _name(line).rstrip("*_ ").endswith("?")
    return marked and asks and judged(line.text) is Verdict.CONTENT


def _titles(line: Line) -> bool:
    """Whether a line is a heading or a label, and neither chat itself nor an END marker."""
    label = line.kind in (LineKind.TEXT, LineKind.BULLET) and (
        bold(unmarked(line.text)) is not None or line.text.rstrip("*_ ").endswith(":")
    )
    if line.kind is not LineKind.HEADING and not label:
        return False
    return not labels.is_end(line.text) and judged(line.text) is Verdict.CONTENT


def _sole(lines: Sequence[Line], last: int) -> bool:
    """Whether the next thing below is another heading or label."""
    following = nearest(lines, last, 1)
    return following is not None and _titles(following)
