"""Serves the preview on this machine alone, and nothing but the preview and the sheets.

What may be fetched is looked up in a table, so that no address leads anywhere else, and a link in
the output folder leads nowhere.  Requests that call the server by another name than this machine's
are refused: a web page could otherwise read the notes through a name of its own that points here.
Nor may another page show these in a frame of its own.
"""

import hashlib
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from exporter.deck import preview
from exporter.model.diagnostics import Stop
from exporter.pack import manifest
from exporter.system import atomic

HOST = "127.0.0.1"
_START = f"/{preview.PAGE}"
_LONGEST = 10.0
"""Seconds that one connection may take; a sheet takes far less than one."""
_SEALED = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
_TYPES = {".html": "text/html; charset=utf-8", ".pdf": "application/pdf"}


class Preview(ThreadingHTTPServer):
    """The preview in ``out`` at ``port`` (0: any that is free); Stop (exit code 2) where the port
    is taken.  ``serve_forever`` serves, ``shutdown`` from another thread ends it."""

    daemon_threads = True

    def __init__(self, out: Path, port: int) -> None:
        self.out = out
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            message = f"port {port} can't be used ({error.strerror}): choose another with --port"
            raise Stop(message, 2) from error

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self.server_port}{_START}"

    def files(self) -> Mapping[str, Path]:
        """What may be fetched, by path: the page and the sheets that the manifest lists."""
        rows = manifest.load(self.out).rows
        served = [row.path for row in rows if row.kind in ("pdf", "preview")]
        return {f"/{path}": self.out / path for path in served}

    def content(self, file: Path) -> bytes | None:
        """The bytes of a file in the output folder; None where a link leads there, or to it."""
        inner = file.relative_to(self.out).parents
        linked = any((self.out / one).is_symlink() for one in inner if one.parts)
        return None if linked else atomic.content(file)

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: a browser that goes away is no error."""


class _Handler(BaseHTTPRequestHandler):
    server: Preview
    server_version, sys_version = "studypack", ""

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - likewise
        """Says nothing: the command reports what it builds."""

    def handle(self) -> None:
        """Answers one request; a connection that takes too long, or is idle, is ended."""
        end = threading.Timer(_LONGEST, self._end)
        end.daemon = True
        end.start()
        try:
            super().handle()
        finally:
            end.cancel()

    def _end(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def end_headers(self) -> None:
        """Every answer, an error too, keeps other pages out."""
        for name, value in _SEALED.items():
            self.send_header(name, value)
        super().end_headers()

    def _answer(self, *, body: bool) -> None:
        port = self.server.server_port
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            return self._send(403, "text/plain", b"the preview is for this machine only", body)
        path = self.path.partition("?")[0]
        if path == "/":
            return self._send(302, "text/plain", b"", body, location=_START)
        if path == "/edition":
            return self._send(200, "text/plain", self._edition(), body)
        file = self.server.files().get(path)
        raw = self.server.content(file) if file else None
        if raw is None:
            return self._send(404, "text/plain", b"not built yet: studypack build", body)
        return self._send(200, _TYPES[Path(path).suffix], raw, body)

    def _edition(self) -> bytes:
        """A digest of what lies there: another one after every build that changed anything."""
        listed = self.server.content(self.server.out / manifest.NAME)
        return hashlib.sha256(listed or b"").hexdigest().encode()

    def _send(
        self, status: int, kind: str, raw: bytes, body: bool, *, location: str | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if body:
            self.wfile.write(raw)
