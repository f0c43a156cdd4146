"""Whether a paragraph speaks to a chat partner: the wording, not the place.

Documents that were written with a chat model keep its offers ("If you want, I can …"), openings
("Sure! Here is …") and farewells ("Hope this helps!").  Each sentence is weighed by its wording;
a paragraph is a left-over only where every sentence is, because a lost answer is worse than a
left-over that a reader of the sheet shrugs at.  A trained classifier was turned down: nobody could
say why it dropped a line.
"""

import re
from enum import Enum, auto

from exporter.readers.scan import undecorated


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
