"""The one allow-list every HTML passes on its way out; the only importer of nh3.

Tags are those Markdown can make and nothing else: no style, no script, no form, no frame, no id.
"""

from exporter.model import Html

_TAGS = set(
    """a blockquote br code dd dl dt em hr img kbd li mark ol p pre s small span strong sub sup
    table tbody td th thead tr u ul""".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "img": {"src", "alt"},
    "li": {"value"},
    "ol": {"start"},
    "p": {"class"},
    "pre": {"class"},
    "span": {"class"},
    "td": {"class"},
    "th": {"class"},
}
SCHEMES = frozenset({"http", "https", "mailto"})


def clean(markup: str) -> Html:
    """``markup`` with everything taken out that is not on the allow-list; idempotent."""
    import nh3

    return Html(
        nh3.clean(
            markup,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=set(SCHEMES),
            link_rel="noopener",
        )
    )
