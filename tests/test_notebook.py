from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from pminusy.notebook import facts, table


class Reader(HTMLParser):
    """The text of an element and its tags, as a browser sees them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text.append(data)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_whatever_is_shown_is_text(words):
    shown = table(words, [([words, words], [[words, words]])]) + facts(words, False, [(words, words)])
    assert set(Reader(shown).tags) <= {"div", "style", "p", "table", "thead", "tr", "th", "td"}


def test_colours_follow_the_verdict_and_the_scheme():
    assert "class='good'" in facts("a", True, [])
    assert "class='bad'" in facts("a", False, [])
    assert "class=" not in facts("a", None, []).split("<p")[1].split(">")[0]
    assert "prefers-color-scheme: dark" in facts("a", None, [])


def test_nothing_is_loaded():
    assert "http" not in table("a", [(["b"], [["c"]])])
