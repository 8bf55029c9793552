"""The names of HTML elements, by what their tags mean to a reader of the text."""

from __future__ import annotations

# Within a line: the tag goes, its content stays where it is.
INLINE = frozenset(
    """a abbr acronym area audio b bdi bdo big button canvas cite code col colgroup data del dfn em embed font i img
    input ins kbd label map mark meter nobr object output param picture progress q rp rt ruby s samp small source span
    strike strong sub sup time track tt u var video wbr base basefont bgsound link meta noscript""".split()
)
# A line of its own: the tag is a line break.
BLOCK = frozenset(
    """address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup
    option p pre section select summary table tbody tfoot thead title tr ul""".split()
)
# Of these, the ones that are no paragraphs: nothing parts them from their neighbours but the line break.
LINE = frozenset("div li tr tbody thead tfoot dt dd option figcaption section article".split())
CELL = frozenset(["td", "th"])
# Dropped with its content.
UNSEEN = frozenset(["iframe", "script", "style", "svg", "template", "textarea"])
# Elements in whose source a line break is a blank.
FLOWING = (BLOCK | CELL | {"span"}) - {"br", "hr", "pre"}
# Names of one letter are tags only where the text has a closing one: `a<b>c` may be two relations.
PAIRED = frozenset("abiqsu")
KNOWN = INLINE | BLOCK | CELL | UNSEEN | {"math"}

BOOLEAN_ATTRIBUTES = """allowfullscreen async autofocus autoplay checked compact controls default defer disabled
    download hidden inert ismap itemscope loop multiple muted nomodule noshade novalidate nowrap open playsinline
    readonly required reversed selected""".split()
