"""Notebooks, web pages and fenced LaTeX: the formulas in them are those that their readers see."""

from __future__ import annotations

import json

import pytest

from pminusy.errors import InputError
from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict
from pminusy.proofread.source.documents import document_text

KATEX = (
    '<span class="katex-display"><span class="katex"><span class="katex-mathml"><math><semantics><mi>f</mi>'
    '<annotation encoding="application/x-tex">f(x) = x^2</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true"><span class="base">f(x)=x2</span></span></span></span>'
)
HTML = {
    "mathjax": r"<p>Let \(f(x) = x^2\).</p><p>Then \[f'(x) = %s\]</p>",
    "scripts": '<p>Let <script type="math/tex">f(x) = x^2</script>.</p>'
    r"""<script type="math/tex; mode=display">f'(x) = %s</script>""",
    "katex": f"<div>{KATEX}</div><p>so</p>" + KATEX.replace("f(x) = x^2", "f'(x) = %s"),
    "mediawiki": r'<p>Let <img class="mwe-math-fallback-image-inline" alt="{\displaystyle f(x) = x^2}">. Then</p>'
    r"""<p><img class="mwe-math-fallback-image-inline" alt="{\displaystyle f'(x) = %s}"></p>""",
    "entities": r"<p>Let \(f(x) = x^2\) for x &gt; 0.</p><div>$$f'(x) &= %s$$</div>",
}


def notebook(*sources: str) -> str:
    cells = [{"cell_type": "markdown", "source": [source]} for source in sources]
    code = {"cell_type": "code", "source": "f = 3 = 4", "outputs": []}
    return json.dumps({"cells": [code, *cells], "nbformat": 4})


@pytest.mark.parametrize("page", HTML.values(), ids=HTML)
def test_formulas_of_a_web_page_are_checked(page: str) -> None:
    assert proofread(page % "2x").verdict is Verdict.CORRECT
    assert proofread(page % "3x").verdict is Verdict.WRONG


def test_what_only_shows_a_formula_is_not_read_twice() -> None:
    assert document_text(f"<div>{KATEX}</div>").split() == ["$$f(x)", "=", "x^2$$"]


def test_code_and_scripts_of_a_web_page_are_left_out() -> None:
    text = document_text(
        "<p>$a = b$</p><script>var x = 3;</script><pre><code>c = d</code></pre><h2>Next</h2><p>e</p>"
    )
    assert "var" not in text
    assert "c = d" not in text
    assert "\n## Next" in text


def test_the_markdown_cells_of_a_notebook_are_checked() -> None:
    assert proofread(notebook("$f(x) = x^2$", "$$f'(x) = 2x$$")).verdict is Verdict.CORRECT
    assert proofread(notebook("$f(x) = x^2$", "$$f'(x) = 3x$$")).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"cells": ' + "[" * 10**6, id="deep"),
        '{"cells": 3}',
        '{"cells": [{"cell_type": "markdown"}]}',
        '{"cells": [}',
    ],
)
def test_a_broken_notebook_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="notebook"):
        proofread(text)


@pytest.mark.parametrize("fence", ["```latex", "```tex", "~~~math", "```{math}"])
def test_fenced_latex_is_maths(fence: str) -> None:
    block = f"Let $f(x) = x^2$.\n\n{fence}\nf'(x) = %s\n{fence[:3]}\n\nDone."
    assert proofread(block % "2x").verdict is Verdict.CORRECT
    assert proofread(block % "3x").verdict is Verdict.WRONG


def test_fenced_latex_with_delimiters_is_read_between_them() -> None:
    block = "```latex\nLet $f(x) = x^2$. Then\n\\begin{align}\nf'(x) &= %s\n\\end{align}\n```"
    assert proofread(block % "2x").verdict is Verdict.CORRECT
    assert proofread(block % "3x").verdict is Verdict.WRONG


def test_other_fences_are_code() -> None:
    assert proofread("$f(x) = x^2 = x \\cdot x$\n\n```python\ny = f = 3\n```").verdict is Verdict.CORRECT


def test_dollars_with_backticks_are_inline_maths() -> None:
    assert proofread("$`f(x) = x^2`$ and $`f'(x) = 2x`$").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    "page", [":<math>%s</math>", "so <math> %s </math> holds", '<math display="block">%s</math>']
)
def test_wiki_text_is_maths_between_its_tags(page: str) -> None:
    text = "Let <math>f(x) = x^2</math>.\n\n" + page
    assert proofread(text % "f'(x) = 2x").verdict is Verdict.CORRECT
    assert proofread(text % "f'(x) = 3x").verdict is Verdict.WRONG


def test_entities_and_letters_of_mathematical_alphabets_are_the_signs_they_stand_for():
    assert document_text(r"$$\frac&lbrace;1&rbrace;&lbrace;𝑥&rbrace; &lt; 𝟐ℎ$$") == r"$$\frac{1}{x} < 2h$$"
