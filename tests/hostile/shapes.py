"""Documents whose shape is a burden: depth, width, repetition, numbers, and marks left open."""

from collections.abc import Iterator

from tests.hostile.cases import DOCUMENT, MODEL, QUESTION, Case, Run, build, check, document, paper

_RUNS: tuple[Run, ...] = (check(0, 1), build(0, 1))


def cases() -> Iterator[Case]:
    """Every case of the family."""
    for name, text in _SHAPES.items():
        yield Case(f"shapes/{name}", document(text), (*_RUNS, MODEL), slow=len(text) > _HEAVY)
    for name, unit in _UNITS.items():
        yield Case(
            f"shapes/line-of-{name}",
            document(QUESTION + unit * (12_000 // len(unit)) + "x\n"),
            _RUNS,
            slow=True,
        )
        prompt = f"## Q1: {unit * (6_000 // len(unit))}?\n\n### SHORT\n\nA thing.\n"
        yield Case(f"shapes/prompt-of-{name}", document(prompt), (check(0, 1),))
        lines = f"{unit}\n" * 1500
        yield Case(f"shapes/lines-of-{name}", document(QUESTION + lines), _RUNS, slow=True)
        yield Case(f"shapes/nothing-but-{name}", document(lines), (check(0, 1),))
    for name, text in _PLANS.items():
        yield Case(f"shapes/plan-{name}", document(DOCUMENT + "\n" + text), (*_RUNS, MODEL))
        yield Case(f"shapes/plan-alone-{name}", document(text, "plan.txt"), (check(0, 1),))
    for name in _ON_PAPER:
        yield Case(f"shapes/paper-{name}", document(_SHAPES[name]), (paper(0, 1),), slow=True)
    for name, (text, cpu) in _LARGE.items():
        runs = (check(0, 1, cpu=cpu), build(0, 1, cpu=cpu))
        yield Case(f"shapes/large-{name}", document(text), runs, slow=True)


_UNITS = {
    "spaces": " ",
    "tabs": "\t",
    "letters": "a",
    "accents": "é",
    "cyrillic": "Поток ",
    "greek": "Ροή ",
    "hebrew": "זרם ",
    "arabic": "تدفق ",
    "cjk": "流",
    "mojibake": "â€™",
    "mojibake-cyrillic": "Ð¿",
    "mojibake-twice": "Ã¢â‚¬â„¢",
    "stars": "*",
    "star-words": "*a ",
    "double-stars": "**a** ",
    "underscores": "_",
    "underscore-words": "_a ",
    "tildes": "~",
    "back-ticks": "`",
    "odd-back-ticks": "`a``b```c",
    "brackets": "[",
    "closing-brackets": "]",
    "links": "[a](",
    "images": "![",
    "link-ends": "](a)",
    "references": "[a][b]",
    "definitions": "[a]: b ",
    "parentheses": "(",
    "balanced": "()",
    "angles": "<",
    "tags": "<a>",
    "open-tags": "<a b='",
    "end-tags": "</a>",
    "comments": "<!--",
    "comment-ends": "-->",
    "cdata": "<![CDATA[",
    "instructions": "<?a",
    "declarations": "<!A",
    "entities": "&amp;",
    "open-entities": "&",
    "number-entities": "&#",
    "autolinks": "<https://a>",
    "mails": "a@b.",
    "urls": "http://",
    "backslashes": "\\",
    "escapes": "\\*",
    "math": "\\(",
    "math-ends": "x\\)",
    "display-math": "\\[x",
    "dollars": "$",
    "double-dollars": "$$x",
    "braces": "{",
    "double-braces": "{{",
    "clozes": "{{c1::a}}",
    "open-clozes": "{{c1::",
    "attributes": "{#a}",
    "open-attributes": "{#a ",
    "highlights": "==a",
    "wiki-links": "[[a|",
    "embeds": "![[a]]",
    "tables": "|",
    "table-rules": "|-",
    "table-cells": "|a",
    "quotes": ">",
    "quote-words": "> a ",
    "callouts": "> [!note] ",
    "hashes": "#",
    "headings": "# a ",
    "rules": "---",
    "equals": "===",
    "bullets": "- ",
    "plus-bullets": "+ a ",
    "numbers": "1. ",
    "letters-numbered": "a) ",
    "boxes": "- [ ] ",
    "box-marks": "[x] ",
    "colons": ":",
    "double-colons": "a::b ",
    "question-marks": "?",
    "questions": "What? ",
    "inverted": "¿",
    "full-width": "？",
    "dots": ".",
    "ellipses": "…",
    "commas": ",",
    "dashes": "—",
    "arrows": "=> ",
    "quotation": '"',
    "apostrophes": "'",
    "curly": "“a” ",
    "emoji": "😀",
    "ticks": "✅ ",
    "digits": "9",
    "superscripts": "²",
    "romans": "IV. ",
    "question-labels": "Q1: ",
    "answer-labels": "A: ",
    "tier-labels": "**Short**: ",
    "tiers": "SHORT ",
    "days": "Day 1 ",
    "weeks": "Week 1: ",
    "day-ranges": "Days 1-5 ",
    "weekdays": "Monday ",
    "topics": "Topic 1: ",
    "outputs": "Output: ",
    "prints": "What does this print? ",
    "chat": "Would you like me to ",
    "json-braces": '{"a":',
    "yaml": "a: &a [*a] ",
    "front-matter": "--- ",
    "semicolons": ";",
    "percents": "%s",
    "dollar-braces": "${a} ",
    "newline-escapes": "\\n",
    "line-separators": "\u2028",
    "zero-widths": "\u200b",
    "combining": "a\u0301",
    "words": "word ",
    "sentences": "It is. ",
    "abbreviations": "e.g. ",
    "camel": "aB",
    "snake": "a_b_",
    "paths": "a/b/",
    "versions": "1.",
    "dates": "2026-01-01 ",
    "times": "10:30 ",
    "footnotes": "[^1] ",
    "details": "<details><summary>a</summary>",
    "details-ends": "</details>",
    "fences": "```",
    "tilde-fences": "~~~",
    "setext": "a\n===\n",
}

_HUGE = "9" * 5000


def _nested(mark: str, depth: int, indent: str = "  ") -> str:
    return "\n".join(indent * level + f"{mark} a{level}" for level in range(depth)) + "\n"


_SHAPES = {
    "bullets-deep": QUESTION + _nested("-", 400),
    "bullets-deep-tabs": QUESTION + _nested("-", 300, "\t"),
    "numbers-deep": QUESTION + _nested("1.", 200, "   "),
    "bullets-in-and-out": QUESTION + (_nested("-", 40) + "- a\n") * 20,
    "quotes-deep": QUESTION + "\n".join(">" * level + " a" for level in range(1, 600)) + "\n",
    "quotes-and-bullets": QUESTION + "> - " * 400 + "a\n",
    "bullets-and-numbers": QUESTION + "- 1. " * 400 + "a\n",
    "brackets-nested": QUESTION + "[" * 3000 + "a" + "]" * 3000 + "\n",
    "links-nested": QUESTION + "[" * 1500 + "a" + "](b)" * 1500 + "\n",
    "images-nested": QUESTION + "![" * 1500 + "a" + "](b)" * 1500 + "\n",
    "emphasis-nested": QUESTION + "*a **b " * 2000 + "** *" * 2000 + "\n",
    "parentheses-nested": QUESTION + "[a](" + "(" * 3000 + ")" * 3000 + ")\n",
    "html-nested": QUESTION + "<div>" * 3000 + "a" + "</div>" * 3000 + "\n",
    "html-lines-nested": QUESTION + "<div>\n" * 2000 + "a\n" + "</div>\n" * 2000,
    "details-nested": QUESTION + "<details>\n\n" * 500 + "a\n" + "</details>\n\n" * 500,
    "math-nested": QUESTION + r"\(x^{" * 1500 + "2" + r"}\)" * 1500 + "\n",
    "braces-nested": QUESTION + "{" * 5000 + "}" * 5000 + "\n",
    "clozes-nested": QUESTION + "{{c1::a " * 1000 + "}}" * 1000 + "\n",
    "callouts-nested": QUESTION + "\n".join("> " * n + "[!q]- a?" for n in range(1, 120)) + "\n",
    "tags-open": QUESTION + '<a href="' + "x" * 20_000 + "\n",
    "comment-open": QUESTION + "<!-- \n" + "a\n" * 2000,
    "comments-open": QUESTION + "<!-- x\n" * 4000,
    "fence-open": QUESTION + "```js\n" + "let a = 1;\n" * 2000,
    "fences-alternate": QUESTION + "```\n~~~\n" * 1500,
    "fence-long": QUESTION + "`" * 5000 + "\na\n" + "`" * 5000 + "\n",
    "fence-longer-and-longer": QUESTION + "".join("`" * n + "\n" for n in range(3, 250)),
    "fence-info-long": QUESTION + "```" + "x" * 50_000 + "\na\n```\n",
    "fence-info-html": QUESTION + '```<img src=x onerror="alert(31337)">\na\n```\n',
    "fence-in-bullets": QUESTION + "".join(f"- a\n  ```\n  b{n}\n" for n in range(300)),
    "fence-unknown-language": QUESTION + "```no-such-language-31337\na\n```\n",
    "fence-every-language": QUESTION
    + "".join(
        f"```{one}\na = '{{' + \"\n```\n"
        for one in "c cpp css html js json php python rb sh sql".split()
    ),
    "indented-code": QUESTION + "    a\n" * 3000,
    "table-wide": QUESTION + "|a" * 600 + "|\n" + "|-" * 600 + "|\n" + "|b" * 600 + "|\n",
    "table-tall": QUESTION + "|a|b|\n|-|-|\n" + "|c|d|\n" * 2000,
    "table-ragged": QUESTION + "|a|b|\n|-|-|\n|c|\n|d|e|f|g|\n||\n|\n",
    "table-pipes-escaped": QUESTION + "|a|b|\n|-|-|\n|" + "\\|" * 5000 + "|c|\n",
    "table-of-questions-empty": "| Question | Answer |\n|---|---|\n" + "| | |\n" * 500,
    "table-in-table": QUESTION + "| a | b |\n|---|---|\n| |x|\n|-|\n | c |\n",
    "headings-only": "".join("#" * (n % 6 + 1) + f" h{n}\n" for n in range(1500)),
    "headings-empty": "#\n##\n###\n" * 500,
    "heading-of-200-hashes": "#" * 200 + " a\n" + DOCUMENT,
    "headings-go-deeper": "".join("#" * min(n, 6) + f" a{n}\n\n" for n in range(1, 500)),
    "setext-long": "a\n" * 2000 + "===\n",
    "rules-only": "---\n***\n___\n" * 700,
    "front-matter-open": "---\ntitle: x\n" + "a: b\n" * 1000,
    "front-matter-bomb": "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n" + DOCUMENT,
    "front-matter-python": "---\n!!python/object/apply:os.system ['echo 31337']\n---\n" + DOCUMENT,
    "front-matter-twice": "---\na: b\n---\n---\nc: d\n---\n" + DOCUMENT,
    "front-matter-toml": "+++\na = [[[[1]]]]\n+++\n" + DOCUMENT,
    "front-matter-json": '{"a": ' + "[" * 3000 + "\n\n" + DOCUMENT,
    "references-many": QUESTION
    + "".join(f"[a{n}]: b{n}\n" for n in range(1500))
    + "[a1] " * 500
    + "\n",
    "reference-loop": QUESTION + "[a]: #b\n[b]: #a\n[a][b][a][b]\n",
    "reference-long": QUESTION + f"[{'a' * 20_000}]: b\n[{'a' * 20_000}]\n",
    "footnotes-loop": QUESTION + "a[^1]\n\n[^1]: b[^2]\n[^2]: c[^1]\n",
    "list-number-huge": QUESTION + f"{_HUGE}. a\n",
    "list-number-limit": QUESTION + "999999999. a\n1000000000. b\n2147483648. c\n",
    "list-number-zero": QUESTION + "0. a\n-1. b\n1.1.1.1 c\n",
    "list-numbers-odd": QUESTION + "²) a\n③. b\n٣. c\n１. d\nⅣ. e\n",
    "question-number-huge": f"## Q{_HUGE}: What is a lamp?\n\n### SHORT\n\nA thing.\n",
    "question-number-odd": "## Q²: What?\n\n### SHORT\n\nA.\n\n## Q٣: Who?\n\n### SHORT\n\nB.\n",
    "question-number-zero": "## Q0: What?\n\n### SHORT\n\nA.\n\n## Q-1: Who?\n\n### SHORT\n\nB.\n",
    "question-number-twice": DOCUMENT * 50,
    "question-number-dotted": "## 1.2.3.4.5.6: What?\n\n### SHORT\n\nA.\n",
    "questions-without-end": "".join(f"**Q{n}:** What is {n}?\n" for n in range(800)),
    "answers-without-question": "### SHORT\n\nA.\n\n### MEDIUM\n\nB.\n" * 100,
    "tiers-only": "### SHORT\n\n### MEDIUM\n\n### SENIOR\n" * 200,
    "tiers-repeated": "## Q1: What?\n\n" + "### SHORT\n\nA.\n\n" * 300,
    "prompt-empty": "## Q1:\n\n### SHORT\n\nA.\n\n## Q2: ?\n\n### SHORT\n\nB.\n",
    "prompt-marks-only": "## Q1: **``**?\n\n### SHORT\n\n****\n",
    "prompt-image-only": "## Q1: ![](a.png)\n\n### SHORT\n\n![](b.png)\n",
    "prompt-html-only": "## Q1: <b></b>\n\n### SHORT\n\n<i></i>\n",
    "answer-comment-only": QUESTION + "<!-- nothing -->\n",
    "answer-rule-only": QUESTION + "---\n",
    "answer-separator": QUESTION + "a\x1fb\n",
    "id-twice": "## Q1: What? {#a}\n\n### SHORT\n\nA.\n\n## Q2: Who? {#a}\n\n### SHORT\n\nB.\n",
    "id-odd": "".join(
        f"## Q{n}: What is {n}? {{#{name}}}\n\n### SHORT\n\nA{n}.\n\n"
        for n, name in enumerate(("..", "-", "a:b", "A.B", "é", "KXM7", "_" * 500, "1"))
    ),
    "id-looks-like-a-path": "## Q1: What? {#../../beside/thesis.txt}\n\n### SHORT\n\nA.\n",
    "id-script": "## Q1: What? {#<script>alert(31337)</script>}\n\n### SHORT\n\nA.\n",
    "id-week-huge": f"## Q1: What? {{#a week={_HUGE}}}\n\n### SHORT\n\nA.\n",
    "id-day-huge": f"## Q1: What? {{#a day={_HUGE}}}\n\n### SHORT\n\nA.\n",
    "id-week-odd": "## Q1: What? {week=²}\n\n### SHORT\n\nA.\n\n"
    "## Q2: Who? {week=٣}\n\n### SHORT\n\nB.\n",
    "id-week-zero": "## Q1: What? {#a week=0 day=0}\n\n### SHORT\n\nA.\n",
    "id-week-twice": "## Q1: What? {week=1 week=2 day=3 day=4 #a #b}\n\n### SHORT\n\nA.\n",
    "id-unclosed": "## Q1: What? {#a week=1\n\n### SHORT\n\nA.\n",
    "silence-odd": "<!-- studypack: off ZZZZ -->\n" + DOCUMENT,
    "silence-long": f"<!-- studypack: off {'L203 ' * 5000}-->\n" + DOCUMENT,
    "silence-at-the-end": DOCUMENT + "\n<!-- studypack: off L203 -->",
    "silence-everything": "<!-- studypack: off F101 I101 A401 -->\n" + DOCUMENT,
    "choices-many": "## Q1: Which?\n\n"
    + "".join(f"- [ ] a{n}\n" for n in range(1000))
    + "- [x] b\n",
    "choices-no-right": "## Q1: Which?\n\nA) a\nB) b\nC) c\n",
    "choices-answer-missing": "## Q1: Which?\n\nA) a\nB) b\n\nAnswer: Z\n",
    "puzzle-no-output": "## Q1: What does this print?\n\n```js\nlet a\n```\n",
    "puzzle-huge-output": "## Q1: What does this print?\n\n```js\na\n```\n\n### Output\n\n```\n"
    + "1\n" * 5000
    + "```\n",
    "puzzle-many-outputs": "## Q1: What does this print?\n\n```js\na\n```\n\n### Output\n\n"
    + "```\n1\n```\nor\n" * 300,
    "task-no-end": "## Task: Build it\n\n**Goal**: a\n\n**Acceptance**\n\n" + "- a\n" * 2000,
    "twins": "".join(f"## Q{n}: What is a lamp?\n\n### SHORT\n\nA thing.\n\n" for n in range(60)),
    "twins-of-nothing": "".join(f"## Q{n}: ?\n\n### SHORT\n\n.\n\n" for n in range(60)),
    "puzzle-twins": "".join(
        f"## Q{n}: What does this print?\n\n```js\nlog(1)\n```\n\n### Output\n\n1\n\n"
        for n in range(60)
    ),
    "chat-everywhere": "Sure! Here are 10 questions.\n\n"
    + DOCUMENT
    + "\nWould you like more?\n" * 50,
    "wiki-embeds": QUESTION + "![[../beside/secret.md]] ![[n.md]] ![[n]]\n" * 50,
    "includes": QUESTION + "{% include '../beside/secret.md' %}\n!include ../beside/secret.md\n",
    "markdown-nasty": QUESTION + "*_*_**__**`_`[*](_)\\\n\\\\\n<a\n>b</a\n>\n&\n&#;\n&#x;\n",
    "readme-badges": "[![a](https://a/b.svg)](https://a)\n" * 100 + DOCUMENT,
    "contents-list": "".join(f"- [Q{n}](#q{n})\n" for n in range(500)) + DOCUMENT,
    "no-question": "Just words.\n\nAnd more of them.\n",
    "only-punctuation": "?!.,;:\n" * 500,
    "only-digits": "1234567890\n" * 500,
    "every-kind": DOCUMENT
    + "\n# Plan\n\n## Week 1: a\n\n### Day 1: b\n\n- c\n\n# Checklist\n\n1. d\n2. e\n\n"
    + "**Q: f?**\n\nA: g\n",
}

_PLANS = {
    "day-huge": f"# Plan\n\n## Week 1\n\n### Day {_HUGE}: Lamps\n\n- lamps\n",
    "week-huge": f"# Plan\n\n## Week {_HUGE}\n\n### Day 1: Lamps\n\n- lamps\n",
    "day-billion": "# Plan\n\n## Week 1\n\n### Day 1000000000: Lamps\n\n- lamps\n",
    "range-huge": "# Plan\n\n## Week 1\n\n### Days 1-100000000: Lamps\n\n- lamps\n",
    "range-digits": f"# Plan\n\n## Week 1\n\n### Days 1-{_HUGE}: Lamps\n\n- lamps\n",
    "week-range-huge": "# Plan\n\n## Weeks 1-100000000\n\n### Day 1: Lamps\n\n- lamps\n",
    "range-backwards": "# Plan\n\n## Week 1\n\n### Days 9-1: Lamps\n\n- lamps\n",
    "range-text": "Week 1\nDay 1–1000000: Lamps\nDay 2 to 99999999: More\n",
    "day-zero": "# Plan\n\n## Week 0\n\n### Day 0: Lamps\n\n- lamps\n",
    "day-negative": "# Plan\n\n## Week -1\n\n### Day -1: Lamps\n\n- lamps\n",
    "day-odd": "# Plan\n\n## Week ²\n\n### Day ③: Lamps\n\n- lamps\n\n### Day ٣: More\n",
    "day-roman": "# Plan\n\n## Week IV\n\n### Day MMXXVI: Lamps\n\n- lamps\n",
    "day-fraction": "# Plan\n\n## Week 1.5\n\n### Day 1/2: Lamps\n\n- lamps\n",
    "days-many": "# Plan\n\n## Week 1\n\n"
    + "".join(f"### Day {n}: d{n}\n\n- l{n}\n\n" for n in range(400)),
    "weeks-many": "# Plan\n\n"
    + "".join(f"## Week {n}\n\n### Day {n}: d\n\n- l\n\n" for n in range(1, 200)),
    "days-same": "# Plan\n\n## Week 1\n\n" + "### Day 1: Lamps\n\n- lamps\n\n" * 150,
    "days-empty": "# Plan\n\n## Week 1\n\n" + "### Day 1:\n\n" * 50,
    "days-backwards": "# Plan\n\n## Week 1\n\n"
    + "".join(f"### Day {n}: d\n\n- l\n\n" for n in range(90, 0, -1)),
    "day-long": "# Plan\n\n## Week 1\n\n### Day 1: Lamps\n\n" + "- lamps and light\n" * 1500,
    "day-title-long": f"# Plan\n\n## Week 1\n\n### Day 1: {'lamp ' * 5000}\n\n- lamps\n",
    "two-plans": "# Plan\n\n## Week 1\n\n### Day 1: a\n\n- b\n\n" * 2,
    "table": "| Day | Topic |\n|---|---|\n" + "| 1 | lamps |\n" * 300,
    "table-odd": "| Day | Topic |\n|---|---|\n| ² | a |\n| "
    + _HUGE
    + " | b |\n| -3 | c |\n|  | d |\n",
    "weekdays": "Monday: lamps\nTuesday: light\n" * 200,
    "weekdays-mixed": "Week 1\nMonday: a\nDay 2: b\nFriday: c\nMonday: d\nSunday - Monday: e\n",
    "months": "Month 1\nWeek 1\nDay 1: a\nMonth 99999999999\nWeek 1\n",
    "checklist-huge": f"# Checklist\n\n1. a\n2. b\n{_HUGE}. c\n",
    "checklist-backwards": "# Checklist\n\n" + "".join(f"{n}. t{n}\n" for n in range(500, 0, -1)),
    "checklist-odd": "# Checklist\n\n① a\n② b\n²) c\n٣. d\n",
    "recap-only": "# Plan\n\n## Week 1\n\n### Day 1: Mock interview + recap\n\n- everything\n",
    "hours": "Day 1 (" + "9" * 400 + " hours): lamps\nDay 2 (-1h): light\n",
}

_ON_PAPER = """bullets-deep quotes-deep table-wide table-tall html-nested fence-info-long twins
markdown-nasty every-kind choices-many only-digits prompt-marks-only tags-open""".split()

_LARGE: dict[str, tuple[str, int]] = {
    "fence-20k-lines": (QUESTION + "```js\n" + "let a = 1;\n" * 20_000 + "```\n", 30),
    "bullets-20k": (QUESTION + "".join(f"- point {n}\n" for n in range(20_000)), 30),
    "cyrillic-300-paragraphs": (
        QUESTION + "Поток данных приходит частями и не ждёт, пока придёт всё.\n\n" * 300,
        20,
    ),
    "mojibake-300-paragraphs": (QUESTION + "Itâ€™s â€œlightâ€\x9d all the way.\n\n" * 300, 20),
    "questions-300": (
        "".join(
            f"## Q{n}: What is lamp {n}?\n\n### SHORT\n\nThing {n * 7919}.\n\n" for n in range(300)
        ),
        30,
    ),
    "twins-300": (
        "".join(f"## Q{n}: What is a lamp?\n\n### SHORT\n\nA thing.\n\n" for n in range(300)),
        30,
    ),
    "spaces-100k": (QUESTION + "a" + " " * 100_000 + "b\n", 20),
    "accents-100k": (QUESTION + "é" * 100_000 + "\n", 20),
    "dots-100k": (QUESTION + "." * 100_000 + "x\n", 20),
    "brackets-40k": (QUESTION + "[" * 40_000 + "\n", 20),
    "back-ticks-40k": (
        QUESTION + "".join("`" * (n % 200 + 1) + " " for n in range(800)) + "\n",
        20,
    ),
    "indented-600-tabs": (QUESTION + "\n".join("\t" * n + "- a" for n in range(600)) + "\n", 30),
    "comments-6k": (QUESTION + "<!-- x\n" * 6_000, 20),
}

_HEAVY = 8_000  # characters; longer shapes are left to the whole campaign
_SMALL = 3_000
SMALL = tuple(text for text in (*_SHAPES.values(), *_PLANS.values()) if len(text) < _SMALL)
"""Shapes to begin a search with."""
