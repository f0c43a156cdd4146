"""What a pack or an output folder remembers, damaged: ledger, verdicts, manifest, and journals."""

import json
from collections.abc import Iterator
from typing import Any

from tests.hostile.cases import (
    DOCUMENT,
    Case,
    Ground,
    Make,
    Run,
    ask,
    build,
    check,
    deck,
)

Row = dict[str, Any]
HEAD: Row = {
    "format": "studypack-ledger",
    "version": 1,
    "edition": 1,
    "deck": "pack",
    "note_types": [{"tier": "short", "hash": "h", "modified": 1_700_000_000}],
}
NOTE: Row = {
    "tier": "short",
    "guid": "g1",
    "hash": "h",
    "modified": 1_700_000_000,
    "edition": 1,
    "retired": None,
}
ENTRY: Row = {
    "key": "KXM7",
    "id": "i1",
    "author_id": None,
    "path": "n.md",
    "prompt": "What is a lamp?",
    "code": "",
    "answers": [["short", "A thing that gives light."]],
    "week": None,
    "day": None,
    "by": "default",
    "score": 0.0,
    "why": "",
    "related": [],
    "tags": [],
    "grounds": "a b c",
    "state": "live",
    "notes": [NOTE],
}
_RELATED: Row = {
    "id": "i2",
    "key": "AB22",
    "relation": "same",
    "leads": False,
    "title": "What is light?",
}
_FAREWELL: Row = {"edition": 1, "prompt": "p", "code": "", "answer": "a"}
_VERDICT_HEAD: Row = {"format": "studypack-verdicts", "version": 1}
_VERDICT: Row = {
    "key": "KXM7",
    "digest": "0" * 32,
    "status": "differs",
    "runtime": "Node 20.20.2",
    "printed": ["1"],
}


def ledger(*entries: Row, head: Row = HEAD) -> str:
    """The file of a ledger."""
    return "".join(json.dumps(row) + "\n" for row in (head, *entries))


def verdicts(*rows: Row) -> str:
    """The file of verdicts."""
    return "".join(json.dumps(row) + "\n" for row in (_VERDICT_HEAD, *rows))


SOUND_VERDICTS = verdicts(_VERDICT)
"""A file of verdicts with one in it."""


def cases() -> Iterator[Case]:
    """Every case of the family."""
    yield from _ledgers()
    yield from _verdicts()
    yield from _manifests()
    yield from _journals()


_WRONG: dict[str, Any] = {
    "null": None,
    "text": "x31337",
    "empty": "",
    "number": 3,
    "negative": -3,
    "float": 1.5,
    "huge": 10**30,
    "digits": "DIGITS",
    "infinite": float("inf"),
    "nan": float("nan"),
    "flag": True,
    "list": [],
    "texts": ["a"],
    "lists": [[[[]]]],
    "table": {},
    "tables": [{}],
    "half-pair": "\ud800",
    "control": "\x1b[2J\x9b",
    "nul": "a\0b",
    "separator": "a\x1fb",
}
_TEXT = {"text", "empty"}
_COUNT = {"number"}
# Which of the values above may stand in each field; "control" and "half-pair" are for every text
# to refuse or to take, but never to break on.
_ENTRY_FIELDS: dict[str, set[str]] = {
    "key": {"text"},
    "id": _TEXT,
    "author_id": _TEXT | {"null"},
    "path": _TEXT,
    "prompt": _TEXT,
    "code": _TEXT,
    "answers": {"list"},
    "week": _COUNT | {"null", "negative"},
    "day": _COUNT | {"null", "negative"},
    "by": {"text"},
    "score": {"number", "negative", "float", "infinite", "nan", "huge", "digits"},
    "why": _TEXT,
    "related": {"list"},
    "tags": {"list", "texts"},
    "grounds": _TEXT,
    "state": set(),
    "notes": {"list"},
}
_NOTE_FIELDS: dict[str, set[str]] = {
    "tier": set(),
    "guid": _TEXT,
    "hash": _TEXT,
    "modified": _COUNT,
    "edition": _COUNT,
    "retired": {"null"},
}
_FAREWELL_FIELDS = {"edition": _COUNT, "prompt": _TEXT, "code": _TEXT, "answer": _TEXT}
_RELATED_FIELDS = {
    "id": _TEXT,
    "key": _TEXT,
    "relation": {"text"},
    "leads": {"flag"},
    "title": _TEXT,
}
_HEAD_FIELDS: dict[str, set[str]] = {
    "format": set(),
    "version": set(),
    "edition": _COUNT,
    "deck": _TEXT,
    "note_types": {"list"},
}
_TYPE_FIELDS: dict[str, set[str]] = {"tier": set(), "hash": _TEXT, "modified": _COUNT}
_EITHER = {"half-pair", "control", "nul", "separator", "text", "empty", "infinite", "nan", "huge"}
"""Values that a field may take or refuse; what it may not do is break."""


def _ledgers() -> Iterator[Case]:
    for name, value in _WRONG.items():
        for field, right in _ENTRY_FIELDS.items():
            yield _ledger(f"entry-{field}-{name}", ledger(ENTRY | {field: value}), 2, name, right)
        for field, right in _NOTE_FIELDS.items():
            text = ledger(ENTRY | {"notes": [NOTE | {field: value}]})
            yield _ledger(f"note-{field}-{name}", text, 2, name, right)
        for field, right in _FAREWELL_FIELDS.items():
            note = NOTE | {"retired": _FAREWELL | {field: value}}
            text = ledger(ENTRY | {"state": "retired", "notes": [note]})
            yield _ledger(f"farewell-{field}-{name}", text, 2, name, right)
        for field, right in _RELATED_FIELDS.items():
            text = ledger(ENTRY | {"related": [_RELATED | {field: value}]})
            yield _ledger(f"related-{field}-{name}", text, 2, name, right)
        for field, right in _HEAD_FIELDS.items():
            text = ledger(ENTRY, head=HEAD | {field: value})
            yield _ledger(f"head-{field}-{name}", text, 1, name, right)
        for field, right in _TYPE_FIELDS.items():
            kinds = [{"tier": "short", "hash": "h", "modified": 1} | {field: value}]
            text = ledger(ENTRY, head=HEAD | {"note_types": kinds})
            yield _ledger(f"type-{field}-{name}", text, 1, name, right)
    for name, (raw, line) in _LEDGERS.items():
        where = f"ledger.jsonl:{line}: error" if line else "ledger.jsonl"
        runs: tuple[Run, ...] = (check(1, says=(where,)), deck(1, says=(where,)), *_KEEPING)
        yield Case(f"ledger/broken-{name}", _file("ledger.jsonl", raw), runs)
    for name, raw in _SOUND_LEDGERS.items():
        runs = (check(0, 1), deck(0, 1, 4), *_KEEPING, *_UPKEEP)
        yield Case(f"ledger/odd-{name}", _file("ledger.jsonl", raw), runs)


def _ledger(name: str, text: str, line: int, value: str, right: set[str]) -> Case:
    """One field with one value: refused with its line, taken, or either."""
    text = text.replace('"DIGITS"', "9" * 5000)
    where = f"ledger.jsonl:{line}: error"
    if value in right or value in _EITHER:
        runs: tuple[Run, ...] = (check(0, 1), deck(0, 1, 2, 4), *_KEEPING)
    else:
        runs = (check(1, says=(where,)), deck(1, says=(where,)), _KEEPING[0])
    return Case(f"ledger/{name}", _file("ledger.jsonl", text), runs)


_KEEPING = (
    ask("ledger", "list", "--source", "{pack}", exits=(0, 1)),
    ask("status", "-v", "{pack}", exits=(0, 1, 4)),
)

_UPKEEP = tuple(
    Run(("ledger", word, "KXM7", "--source", "{pack}"), (0, 1, 2), writes=("pack/ledger.jsonl",))
    for word in ("reissue", "forget")
)


def _file(name: str, raw: str | bytes) -> Make:
    def make(ground: Ground) -> None:
        ground.write(name, raw)

    return make


_LINE = json.dumps(ENTRY)
_HEAD = json.dumps(HEAD)
_LEDGERS: dict[str, tuple[str | bytes, int]] = {
    "empty": ("", 1),
    "blank": ("\n\n\n", 1),
    "nul": (f"{_HEAD}\n{_LINE}\0\n", 2),
    "only-nul": (b"\0" * 5000, 1),
    "latin-1": (f"{_HEAD}\n".encode() + _LINE.replace("lamp", "caf\xe9").encode("latin-1"), 2),
    "byte-ff": (b"\xff" + _HEAD.encode(), 1),
    "utf-16": (ledger(ENTRY).encode("utf-16"), 0),
    "text": ("What is a lamp?\n", 1),
    "list": ("[]\n", 1),
    "null": ("null\n", 1),
    "number": ("3\n", 1),
    "digits": ("9" * 5000 + "\n", 1),
    "digits-line": (f"{_HEAD}\n{'9' * 5000}\n", 2),
    "text-json": ('"studypack-ledger"\n', 1),
    "true": ("true\n", 1),
    "nested": ("[" * 100_000, 1),
    "nested-closed": ("[" * 50_000 + "]" * 50_000, 1),
    "nested-tables": ('{"a":' * 50_000, 1),
    "nested-line": (f"{_HEAD}\n" + "[" * 100_000, 2),
    "nested-field": (f"{_HEAD}\n" + _LINE.replace("[]", "[" * 50_000, 1), 2),
    "no-head": (f"{_LINE}\n", 1),
    "two-heads": (f"{_HEAD}\n{_HEAD}\n", 2),
    "head-last": (f"{_LINE}\n{_HEAD}\n", 1),
    "newer": (_HEAD.replace('"version": 1', '"version": 99') + "\n", 1),
    "version-digits": (_HEAD.replace('"version": 1', f'"version": {"9" * 5000}') + "\n", 1),
    "other-format": (_HEAD.replace("studypack-ledger", "studypack-verdicts") + "\n", 1),
    "head-empty": ("{}\n", 1),
    "head-cut": (_HEAD[:40] + "\n", 1),
    "line-empty": (f"{_HEAD}\n{{}}\n", 2),
    "line-cut": (f"{_HEAD}\n{_LINE[:-30]}\n", 2),
    "line-list": (f"{_HEAD}\n[]\n", 2),
    "line-two-values": (f"{_HEAD}\n{_LINE} {_LINE}\n", 2),
    "line-comment": (f"{_HEAD}\n// {_LINE}\n", 2),
    "line-trailing-comma": (f"{_HEAD}\n{_LINE},\n", 2),
    "later-line": (f"{_HEAD}\n{_LINE}\n\n\nx\n", 5),
    "key-twice": (f"{_HEAD}\n{_LINE}\n{_LINE}\n", 3),
    "conflict": (f"{_HEAD}\n<<<<<<< HEAD\n{_LINE}\n=======\n{_LINE}\n>>>>>>> b\n", 2),
    "conflict-in-head": (f"<<<<<<< HEAD\n{_HEAD}\n=======\n{_HEAD}\n>>>>>>> b\n", 1),
    "many-bad-lines": (f"{_HEAD}\n" + "x\n" * 3000, 2),
    "long-bad-line": (f"{_HEAD}\n{'x' * 1_000_000}\n", 2),
    "control-line": (f"{_HEAD}\n\x1b[2J\n", 2),
    "note-twice": (ledger(ENTRY | {"notes": [NOTE, NOTE]}), 2),
    "answers-of-three": (ledger(ENTRY | {"answers": [["short", "a", "b"]]}), 2),
    "answers-tier": (ledger(ENTRY | {"answers": [["nothing", "a"]]}), 2),
    "answers-text": (ledger(ENTRY | {"answers": ["short"]}), 2),
    "answers-table": (ledger(ENTRY | {"answers": {"short": "a"}}), 2),
    "notes-table": (ledger(ENTRY | {"notes": {"short": NOTE}}), 2),
    "notes-null": (ledger(ENTRY | {"notes": [None]}), 2),
    "related-text": (ledger(ENTRY | {"related": ["AB22"]}), 2),
    "state-other": (ledger(ENTRY | {"state": "asleep"}), 2),
    "cr-cut": (ledger(ENTRY).replace("\n", "\r"), 1),
}

_SOUND_LEDGERS: dict[str, str | bytes] = {
    "mark": b"\xef\xbb\xbf" + ledger(ENTRY).encode(),
    "cr-lf": ledger(ENTRY).replace("\n", "\r\n"),
    "blank-lines": ledger(ENTRY).replace("\n", "\n\n\n"),
    "no-final-newline": ledger(ENTRY).rstrip(),
    "unsorted": ledger(ENTRY | {"key": "ZZZ9", "id": "z", "notes": []}, ENTRY),
    "guid-in-two": ledger(ENTRY, ENTRY | {"key": "AB22", "id": "i2"}),
    "id-in-two": ledger(ENTRY, ENTRY | {"key": "AB22", "notes": []}),
    "author-id-in-two": ledger(
        ENTRY | {"author_id": "a"},
        ENTRY | {"key": "AB22", "id": "i2", "author_id": "a", "notes": []},
    ),
    "more-fields": ledger(ENTRY | {"more": {"a": [1, 2]}}),
    "related-more": ledger(ENTRY | {"related": [_RELATED | {"more": 1}]}),
    "retired-more": ledger(ENTRY | {"notes": [NOTE | {"retired": _FAREWELL | {"more": 1}}]}),
    "head-more-fields": ledger(ENTRY, head=HEAD | {"more": 3}),
    "key-odd": ledger(ENTRY | {"key": "../../x"}),
    "key-long": ledger(ENTRY | {"key": "K" * 5000}),
    "key-html": ledger(ENTRY | {"key": "<script>alert(31337)</script>"}),
    "guid-odd": ledger(ENTRY | {"notes": [NOTE | {"guid": "'; DROP TABLE notes; --"}]}),
    "guid-long": ledger(ENTRY | {"notes": [NOTE | {"guid": "g" * 100_000}]}),
    "path-outside": ledger(ENTRY | {"path": "../../etc/passwd"}),
    "path-control": ledger(ENTRY | {"path": "\x1b]0;owned\x07.md", "state": "retired"}),
    "prompt-control": ledger(ENTRY | {"prompt": "\x1b[2J\x9b31m\x07", "state": "retired"}),
    "prompt-long": ledger(ENTRY | {"prompt": "lamp " * 100_000}),
    "prompt-many-lines": ledger(ENTRY | {"prompt": "\n" * 10_000}),
    "tags-odd": ledger(ENTRY | {"tags": ["a b", "", "\x1b[2J", "a::b", "\u3000"]}),
    "tags-many": ledger(ENTRY | {"tags": [f"t{n}" for n in range(5000)]}),
    "week-far": ledger(ENTRY | {"week": 10**6, "day": 10**9}),
    "week-negative": ledger(ENTRY | {"week": -1, "day": -1}),
    "week-zero": ledger(ENTRY | {"week": 0, "day": 0}),
    "week-words": ledger(ENTRY | {"week": "soon"}),
    "score-nan": ledger(ENTRY | {"score": float("nan")}),
    "modified-zero": ledger(ENTRY | {"notes": [NOTE | {"modified": 0}]}),
    "modified-negative": ledger(ENTRY | {"notes": [NOTE | {"modified": -(10**9)}]}),
    "modified-tomorrow": ledger(ENTRY | {"notes": [NOTE | {"modified": 4_000_000_000}]}),
    "modified-12": ledger(ENTRY | {"notes": [NOTE | {"modified": 10**12}]}),
    "modified-30": ledger(ENTRY | {"notes": [NOTE | {"modified": 10**30}]}),
    "type-modified-12": ledger(
        ENTRY, head=HEAD | {"note_types": [{"tier": "short", "hash": "h", "modified": 10**12}]}
    ),
    "types-twice": ledger(ENTRY, head=HEAD | {"note_types": list(HEAD["note_types"]) * 50}),
    "edition-far": ledger(ENTRY, head=HEAD | {"edition": 10**12}),
    "edition-negative": ledger(ENTRY, head=HEAD | {"edition": -5}),
    "edition-zero": ledger(ENTRY, head=HEAD | {"edition": 0}),
    "deck-odd": ledger(ENTRY, head=HEAD | {"deck": "a::::\x1b[2J"}),
    "forgotten": ledger(ENTRY | {"state": "forgotten"}),
    "related-itself": ledger(ENTRY | {"related": [_RELATED | {"id": "i1", "key": "KXM7"}]}),
    "related-nobody": ledger(ENTRY | {"related": [_RELATED]}),
    "related-many": ledger(ENTRY | {"related": [_RELATED] * 3000}),
    "notes-none": ledger(ENTRY | {"notes": []}),
    "answers-many": ledger(ENTRY | {"answers": [["short", "a"]] * 3000}),
    "entries-many": ledger(
        *(
            ENTRY | {"key": f"K{n}", "id": f"i{n}", "notes": [], "state": "retired"}
            for n in range(400)
        )
    ),
    "same-prompts": ledger(
        *(ENTRY | {"key": f"K{n}", "id": f"i{n}", "notes": []} for n in range(200))
    ),
    "duplicate-json-keys": f'{_HEAD}\n{_LINE[:-1]}, "key": "AB22"}}\n',
    "escapes": ledger(ENTRY).replace("lamp", "\\u006c\\u0061mp"),
    "line-separators": ledger(ENTRY | {"prompt": "a\u2028b\u0085c"}),
    "farewells-many": ledger(
        ENTRY
        | {
            "state": "retired",
            "notes": [NOTE | {"guid": f"g{n}", "retired": _FAREWELL} for n in range(5)],
        }
    ),
    "retired-later": ledger(
        ENTRY | {"state": "retired", "notes": [NOTE | {"retired": _FAREWELL | {"edition": 10**9}}]}
    ),
}

_VERDICT_FIELDS: dict[str, set[str]] = {
    "key": {"text"},
    "digest": _TEXT,
    "status": set(),
    "runtime": _TEXT,
    "printed": {"texts"},
}
_VERDICTS: dict[str, tuple[str | bytes, int]] = {
    "empty": ("", 1),
    "nul": (b"\0\0\0", 1),
    "latin-1": (verdicts().encode() + '{"key": "é"}\n'.encode("latin-1"), 2),
    "utf-16": (verdicts(_VERDICT).encode("utf-16"), 0),
    "list": ("[]\n", 1),
    "null": ("null\n", 1),
    "digits": ("9" * 5000, 1),
    "nested": ("[" * 100_000, 1),
    "nested-line": (verdicts() + "[" * 100_000, 2),
    "nested-tables": (verdicts() + '{"a":' * 50_000, 2),
    "line-null": (verdicts() + "null\n", 2),
    "line-list": (verdicts() + "[]\n", 2),
    "line-text": (verdicts() + '"a"\n', 2),
    "line-digits": (verdicts() + "9" * 5000 + "\n", 2),
    "line-empty": (verdicts({}), 2),
    "line-cut": (verdicts(_VERDICT)[:-20], 2),
    "no-head": (json.dumps(_VERDICT) + "\n", 1),
    "head-empty": ("{}\n", 1),
    "head-version-text": (verdicts().replace('"version": 1', '"version": "1"'), 1),
    "head-version-null": (verdicts().replace('"version": 1', '"version": null'), 1),
    "head-version-list": (verdicts().replace('"version": 1', '"version": []'), 1),
    "head-version-digits": (verdicts().replace('"version": 1', f'"version": {"9" * 5000}'), 1),
    "head-newer": (verdicts().replace('"version": 1', '"version": 99'), 1),
    "head-format-list": (verdicts().replace('"studypack-verdicts"', "[]"), 1),
    "twice": (verdicts(_VERDICT, _VERDICT), 3),
    "conflict": (verdicts() + "<<<<<<< HEAD\n", 2),
    "printed-numbers": (verdicts(_VERDICT | {"printed": [1]}), 2),
    "printed-null": (verdicts(_VERDICT | {"printed": [None]}), 2),
    "status-list": (verdicts(_VERDICT | {"status": ["agrees"]}), 2),
    "many-bad-lines": (verdicts() + "x\n" * 3000, 2),
}
_SOUND_VERDICTS: dict[str, str | bytes] = {
    "mark": b"\xef\xbb\xbf" + verdicts(_VERDICT).encode(),
    "cr-lf": verdicts(_VERDICT).replace("\n", "\r\n"),
    "printed-long": verdicts(_VERDICT | {"printed": ["x" * 500_000]}),
    "printed-many": verdicts(_VERDICT | {"printed": [str(n) for n in range(5000)]}),
    "runtime-control": verdicts(_VERDICT | {"runtime": "\x1b[2J\x9b"}),
    "key-control": verdicts(_VERDICT | {"key": "\x1b[2J"}),
    "half-pair": verdicts(_VERDICT | {"printed": ["\ud800"]}),
    "more-fields": verdicts(_VERDICT | {"more": 3}),
    "many": verdicts(*(_VERDICT | {"key": f"K{n}"} for n in range(1000))),
}


def _verdicts() -> Iterator[Case]:
    for name, value in _WRONG.items():
        for field, right in _VERDICT_FIELDS.items():
            text = verdicts(_VERDICT | {field: value}).replace('"DIGITS"', "9" * 5000)
            if name in right or name in _EITHER:
                runs: tuple[Run, ...] = (check(0, 1), deck(0, 1))
            else:
                runs = (check(1, says=("verdicts.jsonl:2: error",)),)
            yield Case(f"verdicts/{field}-{name}", _file("verdicts.jsonl", text), runs)
    for name, (raw, line) in _VERDICTS.items():
        where = f"verdicts.jsonl:{line}: error" if line else "verdicts.jsonl"
        runs = (check(1, says=(where,)), deck(1, says=(where,)))
        yield Case(f"verdicts/broken-{name}", _file("verdicts.jsonl", raw), runs)
    for name, raw in _SOUND_VERDICTS.items():
        yield Case(f"verdicts/odd-{name}", _file("verdicts.jsonl", raw), (check(0, 1), build(0, 1)))


_OUTPUT: Row = {
    "path": "pack.apkg",
    "kind": "apkg",
    "week": None,
    "pages": None,
    "notes": 1,
    "sha256": "0" * 64,
    "made_from": None,
    "warnings": [],
}
_MANIFEST: Row = {
    "version": 1,
    "edition": 1,
    "outputs": [_OUTPUT],
    "notes": {"live": 1, "retired": 0},
    "diagnostics": {"error": 0, "warning": 0, "info": 0},
    "said": [],
    "inputs": None,
    "seal": "x",
}
_MANIFESTS: dict[str, str | bytes] = {
    "empty": "",
    "nul": b"\0" * 100,
    "bytes": bytes(range(256)),
    "utf-16": json.dumps(_MANIFEST).encode("utf-16"),
    "mark": b"\xef\xbb\xbf" + json.dumps(_MANIFEST).encode(),
    "text": "What is a lamp?",
    "list": "[]",
    "null": "null",
    "number": "3",
    "digits": "9" * 5000,
    "table": "{}",
    "nested": "[" * 100_000,
    "nested-tables": '{"outputs":' * 50_000,
    "cut": json.dumps(_MANIFEST)[:-30],
    "large": json.dumps(_MANIFEST | {"outputs": [_OUTPUT] * 5000}),
    "newer": json.dumps(_MANIFEST | {"version": 99}),
    "another-pack": json.dumps(_MANIFEST | {"pack": "somebody else's"}),
}
_PATHS = {
    "parent": "../beside/thesis.txt",
    "absolute": "{root}/beside/thesis.txt",
    "etc": "/etc/passwd",
    "preview-parent": "preview/../../beside/thesis.txt",
    "preview-dots": "preview/..",
    "dots": "..",
    "dot": ".",
    "empty": "",
    "slash": "/",
    "manifest": "manifest.json",
    "nul": "a\0b",
    "half-pair": "\ud800",
    "long": "a" * 5000,
    "windows": "..\\beside\\thesis.txt",
    "drive": "C:\\thesis.txt",
    "folder": "preview",
    "null": None,
    "number": 3,
    "list": ["../beside/thesis.txt"],
    "control": "\x1b[2J",
}


def _manifests() -> Iterator[Case]:
    builds = (deck(0), build(0, 1))
    for name, raw in _MANIFESTS.items():
        yield Case(f"manifest/broken-{name}", _manifest(raw), (deck(0, 2), build(0, 1, 2)))
    for name, value in _WRONG.items():
        for field in _MANIFEST:
            text = json.dumps(_MANIFEST | {field: value}).replace('"DIGITS"', "9" * 5000)
            yield Case(f"manifest/{field}-{name}", _manifest(text), builds[:1])
        for field in _OUTPUT:
            text = json.dumps(_MANIFEST | {"outputs": [_OUTPUT | {field: value}]})
            text = text.replace('"DIGITS"', "9" * 5000)
            yield Case(f"manifest/output-{field}-{name}", _manifest(text), builds[:1])
        text = json.dumps(_MANIFEST | {"said": [[["n.md", 1, value], "L201", "x"]]})
        text = text.replace('"DIGITS"', "9" * 5000)
        yield Case(f"manifest/said-line-{name}", _manifest(text), builds[:1])
    for name, path in _PATHS.items():
        yield Case(f"manifest/path-{name}", _listing(path), builds)


def _manifest(raw: str | bytes) -> Make:
    def make(ground: Ground) -> None:
        ground.out.mkdir()
        text = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
        (ground.out / "manifest.json").write_bytes(text)

    return make


def _listing(path: Any) -> Make:
    """A manifest with a good seal that lists a file of somebody else's as an output of a week."""

    def make(ground: Ground) -> None:
        from exporter.system import fingerprint

        named = path.replace("{root}", str(ground.root)) if isinstance(path, str) else path
        row = _OUTPUT | {"path": named, "kind": "html", "week": 9}
        value = dict(_MANIFEST | {"outputs": [_OUTPUT, row]})
        del value["seal"]
        value["seal"] = fingerprint.digest({name: value[name] for name in sorted(value)})
        (ground.pack / "preview").mkdir()
        _manifest(json.dumps(value))(ground)
        (ground.out / "preview").mkdir()

    return make


_RENAMES: dict[str, Any] = {
    "overwrite": {"rename": [["x.md", "../beside/bashrc"]], "delete": []},
    "take": {"rename": [["../beside/secret.txt", "secret.txt"]], "delete": []},
    "delete": {"rename": [], "delete": ["../beside/thesis.txt"]},
    "delete-absolute": {"rename": [], "delete": ["{root}/beside/thesis.txt"]},
    "delete-folder": {"rename": [], "delete": ["../beside"]},
    "delete-own": {"rename": [], "delete": ["n.md"]},
    "delete-settings": {"rename": [], "delete": ["pack.toml"]},
    "through-a-link": {"rename": [["x.md", "link/bashrc"]], "delete": ["link/thesis.txt"]},
    "between": {"rename": [["../beside/secret.txt", "../beside/thesis.txt"]], "delete": []},
    "ledger": {"rename": [["x.md", "ledger.jsonl"]], "delete": []},
    "list": [],
    "null": {"rename": None, "delete": 3},
    "numbers": {"rename": [[1, 2]], "delete": [None]},
    "nul": {"rename": [], "delete": ["a\0b"]},
    "half-pair": {"rename": [["\ud800", "a"]], "delete": []},
    "empty-paths": {"rename": [["", ""]], "delete": [""]},
    "three": {"rename": [["a", "b", "c"]], "delete": []},
    "text": {"rename": "ab", "delete": "ab"},
    "more": {"rename": [], "delete": [], "write": {"../beside/bashrc": "evil"}},
}
_JOURNALS: dict[str, str | bytes] = {
    "cut": '{"rename": [',
    "empty": "",
    "nested": "[" * 100_000,
    "digits": "9" * 5000,
    "bytes": bytes(range(256)),
}
_NAMES = (".studypack-journal.json", "studypack/journal.json", ".studypack/journal.json")


def _journals() -> Iterator[Case]:
    """Journals that a pack, or an output folder, brings along: nobody obeys them."""
    runs = (check(0, 1, 2), deck(0, 1, 2), ask("model", "{pack}", exits=(0, 1, 2)))
    for name, value in _RENAMES.items():
        yield Case(f"journal/pack-{name}", _journal("pack", _NAMES[0], value), runs)
        yield Case(f"journal/out-{name}", _journal("out", _NAMES[0], value), runs)
        yield Case(f"journal/state-{name}", _journal("state", "", value), runs)
    for name, raw in _JOURNALS.items():
        yield Case(f"journal/broken-{name}", _file(_NAMES[0], raw), runs)
    for name in _NAMES[1:]:
        case = _journal("pack", name, _RENAMES["delete"])
        yield Case(f"journal/other-{name.replace('/', '-')}", case, runs)
    for kind in ("link", "folder", "staged-link", "staged-folder"):
        yield Case(f"journal/a-{kind}", _planted(kind), runs)


def _journal(where: str, name: str, value: Any) -> Make:
    def make(ground: Ground) -> None:
        text = json.dumps(value).replace("{root}", str(ground.root))
        ground.write("x.md", DOCUMENT.replace("lamp", "torch"))
        (ground.pack / "link").symlink_to(ground.beside)
        if where == "state":  # our own folder, with a journal that nobody has sealed
            folder = ground.root / "home/state/studypack"
            folder.mkdir(mode=0o700)
            for one in ("journal.json", "pack.json", "0" * 64 + ".json"):
                (folder / one).write_text(text)
                (folder / one).chmod(0o600)
        else:
            path = (ground.pack if where == "pack" else ground.out) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    return make


def _planted(kind: str) -> Make:
    """Something else than a file where a journal, or what is staged, may stand."""

    def make(ground: Ground) -> None:
        ground.out.mkdir()
        staged = "staged" in kind
        names = ("ledger.jsonl", "pack.apkg", "manifest.json", "model.json")
        places = (
            [
                folder / f".{name}.studypack-staged"
                for name in names
                for folder in (ground.pack, ground.out)
            ]
            if staged
            else [ground.pack / _NAMES[0], ground.out / _NAMES[0]]
        )
        for place in places:
            if kind.endswith("link"):
                place.symlink_to(ground.beside / "thesis.txt")
            else:
                place.mkdir()

    return make
