from __future__ import annotations

import pytest

from pipeline.extract.html import read_html, visible_text


def marked(page):
    spans = (mark.split(":") for mark in page.outline)
    return [(page.raw_text[int(start) : int(end)], mark) for start, end, mark in spans]


def test_one_newline_after_a_block_and_a_tab_between_cells():
    page = visible_text(
        "<h1>Referat  af\n<b>møde</b> </h1><p>Et <i>fint</i> ord,<br>ny linje.</p>løst <div>i en div</div>"
        "<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td> <td></td><td>3</td></tr></table>"
    )
    assert page.raw_text == "Referat af møde\nEt fint ord,\nny linje.\nløst\ni en div\nA\tB\n1\t\t3\n"
    assert marked(page) == [("Referat af møde", "1")]


def test_list_items_show_their_bullet_or_number():
    page = visible_text("<ul><li>et<li><p>to</p><ul><li>indre</ul></ul><ol start=3><li>tre<li>fire</ol>")
    assert page.raw_text == "• et\n• to\n• indre\n3. tre\n4. fire\n"
    assert [mark for _, mark in marked(page)] == ["li"] * 5


def test_what_a_browser_does_not_show_is_left_out_and_nothing_else():
    page = visible_text(
        "<head><title>titel</title></head><body><nav><a>Forside</a></nav><script>x</script><style>y</style>"
        "<p hidden>skjult</p><p style='display: none'>skjult</p><!-- k --><header>Aarhus Kommune</header>"
        "<nav><p>Ikke kun links, men brødtekst</p></nav><p>a&nbsp;b</p><pre>to  rum\n og linje</pre>"
        "<footer>bund</footer>"
    )
    assert page.raw_text == ("Aarhus Kommune\nIkke kun links, men brødtekst\na\u00a0b\nto  rum\n og linje\nbund\n")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_counts(encoding):
    source = f'<!doctype html><meta charset="{encoding}"><p>Børn på æblevej'
    assert read_html(source.encode(encoding)).pages[0].raw_text == "Børn på æblevej\n"
