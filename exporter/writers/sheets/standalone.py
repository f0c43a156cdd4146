"""A sheet as one HTML file that any browser shows and prints: nothing else has to be at hand.

Its fonts travel inside it, and a policy forbids everything else.  Browsers lack running heads and
the numbers of pages that references name; columns, breaks and folios are there.
"""

import base64
import re

from exporter import resources
from exporter.model import Html

_FACE = re.compile(r'url\("(fonts/[\w.-]+)"\)')
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
_SCREEN = """@media screen {
  body { box-sizing: border-box; max-width: 210mm; margin: 0 auto; padding: 8mm 4mm; zoom: 1.25 }
}
@media screen and (max-width: 800px) {
  body .flow { columns: auto }
  figure svg { max-width: 100%; height: auto }
  .tabs > div, .tab { display: block }
  .tab { margin: 0 1.2mm 1mm; overflow-wrap: anywhere }
  .tab.none { display: none }
}"""


def standalone(html: Html) -> bytes:
    """The file of a sheet's HTML, in UTF-8."""
    folder = resources.templates() / "sheet"

    def inlined(match: re.Match[str]) -> str:
        raw = (folder / match[1]).read_bytes()
        return f'url("data:font/woff;base64,{base64.b64encode(raw).decode()}")'

    faces = _FACE.sub(inlined, (folder / "fonts.css").read_text("utf-8"))
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<style>\n{faces}\n{_SCREEN}\n</style>\n</head>"
    )
    return html.replace("</head>", head, 1).encode()
