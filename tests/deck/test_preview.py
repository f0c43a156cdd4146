"""The preview: cards exactly as Anki renders them, on a page that only this machine can see."""

import http.client
import json
import re
import shutil
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exporter.build import pipeline
from exporter.build.request import BuildRequest
from exporter.cli import cli
from exporter.deck import apkg, cards, preview
from exporter.deck.notetypes import Field
from exporter.deck.preview import mustache
from exporter.deck.preview import server as serving
from exporter.deck.preview.server import Preview
from exporter.model import Html, Note, Pack, Picture, Tier
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Stop
from exporter.pack import manifest
from tests import decks
from tests.anki_collection import collection
from tests.decks import CONFIG, SMALL, answer, dated, pack, question
from tests.docs import ROOT
from tests.packs import nasty

NOW = 1_700_000_000


def _compared(folder: Path, notes: tuple[Note, ...], config: PackConfig) -> int:
    """How many sides were compared with Anki's; every one must be identical."""
    package = folder / "pack.apkg"
    package.write_bytes(apkg.write(dated(notes), config))
    ours = {f"{note.key} studypack {note.tier.value.capitalize()}": note for note in notes}
    with collection(folder / "anki") as mine:
        mine.take(package)
        seen = 0
        for name, card in mine.rendered():
            front, back = preview.sides(ours[name], config.language)
            assert (front, back) == (card.question, card.answer), name
            seen += 2
    return seen


@pytest.mark.anki
def test_every_card_of_the_pack_is_what_anki_renders(tmp_path: Path) -> None:
    """Both sides of every note of the real pack: identical HTML."""
    study = pipeline.read(ROOT / "source")
    assert _compared(tmp_path, study.notes, study.config) == 2 * len(study.notes) > 1000


@pytest.mark.anki
def test_nasty_cards_are_what_anki_renders(tmp_path: Path) -> None:
    """Empty and nearly empty fields, braces, markup and retired notes as well."""
    notes = list(cards.render(SMALL, CONFIG, lambda _: None))
    odd = ["<br>", "<br/>", " <div> </div>\n", "<BR />", "&nbsp;", "<b></b>", "\u00a0", "0", "<hr>"]
    for at, text in enumerate(odd):
        fields = list(notes[0].fields)
        fields[Field.QUESTION], fields[Field.KEY] = f"odd {at}", f"ODD{at}"
        fields[Field.NOTICE] = fields[Field.CODE] = fields[Field.DEEPER] = Html(text)
        made = replace(notes[0], fields=tuple(fields))
        notes.append(replace(made, guid=f"odd{at}", key=f"ODD{at}"))  # type: ignore[arg-type]
    assert _compared(tmp_path, tuple(notes), CONFIG) == 2 * len(notes)


@pytest.mark.anki
def test_nasty_documents_are_what_anki_renders(tmp_path: Path) -> None:
    """What documents can do to a field: templates, tags, control characters, other scripts."""
    made, config = nasty()
    notes = cards.render(made, config, lambda _: None)
    assert _compared(tmp_path, notes, config) == 2 * len(notes) > 0


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("a {{X}} b", "a 1 b"),
        ("{{#X}}yes{{/X}}{{^X}}no{{/X}}", "yes"),
        ("{{#E}}yes{{/E}}{{^E}}no{{/E}}", "no"),
        ("{{#X}}{{#E}}both{{/E}}{{^E}}one{{/E}}{{/X}}", "one"),
        ("{{ X }}{ {{E}}", "1{ <br> "),
        ("", ""),
    ],
)
def test_mustache(template: str, shown: str) -> None:
    """Fields, sections, and sections that are shown where a field is empty."""
    assert mustache.render(template, {"X": "1", "E": "<br> "}) == shown


@pytest.mark.parametrize("template", ["{{#X}}", "{{/X}}", "{{#X}}{{#E}}{{/X}}{{/E}}", "{{Y}}"])
def test_what_anki_would_refuse_is_refused(template: str) -> None:
    """Sections must close in their order, and fields exist."""
    with pytest.raises(mustache.TemplateFault):
        mustache.render(template, {"X": "1", "E": ""})


@given(st.text(max_size=80), st.text(max_size=40))
def test_fields_are_never_read_as_templates(text: str, value: str) -> None:
    """A field's own braces stay what they are, and text without braces is itself."""
    assert mustache.render("{{X}}|{{X}}", {"X": value}) == f"{value}|{value}"
    bare = text.replace("{", "").replace("}", "")
    assert mustache.render(bare, {}) == bare


def _page(notes: tuple[Note, ...], made: Pack, *pictures: Picture) -> tuple[str, dict[str, object]]:
    text = preview.page(notes, pictures, made, CONFIG).decode()
    found = re.search(r'<script type="application/json" id="content">(.*?)</script>', text)
    assert found
    value: dict[str, object] = json.loads(found[1])
    return text, value


def test_the_page_holds_every_card_and_runs_nothing_else() -> None:
    """Each card with its place; documents can end no element of the page, and the policy allows
    one script and no network."""
    evil = question("ab99", "</script><script>alert(1)</script>", answer(Tier.SHORT, "</style>"))
    made = pack(decks.EMULSIONS, evil)
    notes = cards.render(made, CONFIG, lambda _: None)
    text, value = _page(notes, made, Picture("a-1.png", b"\x89PNG"))
    shown = value["cards"]
    assert isinstance(shown, list)
    assert len(shown) == len(notes)
    front, back = preview.sides(notes[0], "en")
    assert shown[0]["front"] == front
    assert front.join(shown[0]["back"]) == back
    assert (shown[0]["week"], shown[0]["day"]) == ("1", "01")
    assert value["pictures"] == {"a-1.png": "data:image/png;base64,iVBORw=="}
    assert text.count("</script>") == 2
    assert "default-src 'none'" in text
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small pack's output folder with a deck and the static preview."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.toml").touch()
    (folder / "notes.md").write_text("## Q1. What is a stream?\n\n### SHORT\nData in pieces.\n")
    out = tmp_path / "out"
    for only in ("apkg", "preview"):
        done = CliRunner().invoke(cli, ["build", str(folder), "--out", str(out), "--only", only])
        assert done.exit_code == 0, done.output
    return out


def test_a_static_preview_is_made_on_request(built: Path) -> None:
    """It is listed, stays over builds that were not asked for it, and is the same again."""
    row = next(row for row in manifest.load(built).rows if row.kind == "preview")
    assert row.path == preview.PAGE
    before = (built / preview.PAGE).read_bytes()
    folder = str(built.parent / "pack")
    run = CliRunner().invoke
    assert run(cli, ["build", folder, "--out", str(built), "--only", "json"]).exit_code == 0
    assert preview.PAGE in {row.path for row in manifest.load(built).rows}
    shutil.rmtree(built / "preview")
    assert run(cli, ["build", folder, "--out", str(built), "--only", "preview"]).exit_code == 0
    assert (built / preview.PAGE).read_bytes() == before
    assert not BuildRequest(built, NOW).wants("preview")


@pytest.fixture
def server(built: Path) -> Iterator[Preview]:
    with Preview(built, 0) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


def _ask(
    server: Preview, path: str, method: str = "GET", host: str | None = None
) -> tuple[int, bytes]:
    client = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    client.request(method, path, headers={"Host": host} if host else {})
    answered = client.getresponse()
    raw = answered.read()
    client.close()
    return answered.status, raw


def test_the_server_serves_the_preview_and_nothing_else(server: Preview, built: Path) -> None:
    """Neither the ledger, nor the deck, nor a path that leads out; only to this machine's name."""
    assert server.server_address[0] == "127.0.0.1"
    assert _ask(server, "/preview/index.html") == (200, (built / preview.PAGE).read_bytes())
    assert _ask(server, "/preview/index.html", "HEAD") == (200, b"")
    assert _ask(server, "/")[0] == 302
    for path in ("/manifest.json", "/pack.apkg", "/../pack/notes.md", "/preview/../manifest.json"):
        assert _ask(server, path)[0] == 404
    assert _ask(server, "/preview/index.html", host="evil.example")[0] == 403
    assert _ask(server, "/preview/index.html", "POST")[0] == 501


@pytest.mark.parametrize("path", ["/preview/index.html", "/nothing", "/edition"])
def test_no_other_page_may_frame_it(server: Preview, path: str) -> None:
    """Nor load it in any other way: every answer says so, an error too."""
    client = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    for method in ("GET", "POST"):
        client.request(method, path)
        answered = client.getresponse()
        answered.read()
        assert answered.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answered.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
        assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("linked", ["preview/index.html", "preview", "manifest.json"])
def test_a_link_in_the_output_folder_leads_nowhere(
    server: Preview, built: Path, linked: str
) -> None:
    """Whatever was put there: what it leads to is not shown."""
    digest = _ask(server, "/edition")
    elsewhere = built.parent / "elsewhere"
    (built / linked).rename(elsewhere)
    (built / linked).symlink_to(elsewhere)
    if linked == "manifest.json":
        assert _ask(server, "/edition") != digest
    else:
        assert _ask(server, "/preview/index.html")[0] == 404


@pytest.mark.parametrize("said", [b"", b"GET /edition HTTP/1.1\r\nHost:"])
def test_an_idle_connection_ends(
    server: Preview, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    """Before its first word, and in the middle of one."""
    monkeypatch.setattr(serving, "_LONGEST", 0.05)
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as client:
        client.sendall(said)
        assert client.recv(100) == b""


def test_a_browser_that_goes_away_is_no_error(
    server: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is said of it, and the next one is served."""
    client = socket.create_connection(("127.0.0.1", server.server_port), timeout=20)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.sendall(b"GET /edition HTTP/1.1\r\n")
    client.close()  # at once, with what was not read
    assert _ask(server, "/edition")[0] == 200
    server.handle_error(None, None)
    assert capsys.readouterr().err == ""


def test_a_build_makes_another_edition_for_open_pages(server: Preview, built: Path) -> None:
    """What a page polls changes with a build that changes anything, and only then."""
    first = _ask(server, "/edition")
    assert first == _ask(server, "/edition")
    notes = built.parent / "pack" / "notes.md"
    notes.write_text(notes.read_text().replace("pieces", "chunks"))
    folder = str(built.parent / "pack")
    CliRunner().invoke(cli, ["build", folder, "--out", str(built), "--only", "preview"])
    assert _ask(server, "/edition") != first


def test_a_taken_port_is_one_sentence(server: Preview, built: Path) -> None:
    """With the way out, and exit code 2."""
    with pytest.raises(Stop, match="choose another with --port") as stopped:
        Preview(built, server.server_port)
    assert stopped.value.exit_code == 2


def test_a_pack_without_preview_says_where_to_begin(tmp_path: Path) -> None:
    """A folder without pack.toml is wrong usage."""
    done = CliRunner().invoke(cli, ["preview", str(tmp_path)])
    assert (done.exit_code, "studypack init" in done.output) == (2, True)
