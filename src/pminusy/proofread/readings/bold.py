r"""Bold and plain names told apart: `\mathbf{t}` is the vector of the `t_n`, and t alone is some number."""

from __future__ import annotations

import re
from dataclasses import replace

from pminusy.proofread.readings.contexts import reparsed
from pminusy.proofread.readings.rewritten import Part
from pminusy.proofread.source.page import Member, Page
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Symbol, Transpose, walk

_PLAIN = "\\mathrm{{{}}}"


def with_plain_names(part: Part, page: Page) -> Part | None:
    """A part of a page in which plain names without indices are other ones than those in bold.

    None where its chain has none, or one that stands in one member only, as a new constant might.
    """
    bold = {t.text for each in page.chains for m in each.members for t in m.tokens if _is_name(t) and t.bold}
    own, chain = part
    found = [
        {token.text for n, token in enumerate(m.tokens) if _is_plain(m.tokens, n, bold)}
        for m in chain.members
    ]
    if not any(found) or any(sum(name in each for each in found) < 2 for name in set().union(*found)):
        return None
    made = {
        id(each): replace(each, members=[_apart(m, bold, own) for m in each.members]) for each in own.chains
    }
    return replace(own, chains=list(made.values())), made[id(chain)]


def with_bars_as_vectors(part: Part, page: Page) -> Part | None:
    r"""A part of a page in which `\overline{w}` is the vector of the `w_j`; None where no bar stands for one.

    A bar is the mark of vectors where what has one is transposed, and no name with a bar is said to be anything.
    """
    tokens = [t for each in page.chains for m in each.members for t in m.tokens if _is_barred(t)]
    trees = [m.tree for each in page.chains for m in each.members if m.tree is not None]
    turned = {
        n.body.name for t in trees for n in walk(t) if isinstance(n, Transpose) and isinstance(n.body, Symbol)
    }
    barred = {token.text for token in tokens}
    if not barred & turned or _MEAN.search(page.text):
        return None
    own, chain = part
    made = {
        id(each): replace(each, members=[_unbarred(m, barred, own) for m in each.members])
        for each in own.chains
    }
    return replace(own, chains=list(made.values())), made[id(chain)]


_MEAN = re.compile(
    r"\b(?:mean|average|avg|mittel\w*|durchschnitt\w*|moyenne\w*|media|média|medio|promedio|średni\w*|gemiddelde|ortalama)\b"
    r"|средн|均值|平均|평균",
    re.IGNORECASE,
)


def _is_barred(token: Token) -> bool:
    return token.kind == "name" and token.text.startswith(r"\bar{")


def _unbarred(member: Member, barred: set[str], page: Page) -> Member:
    tokens = tuple(
        replace(t, text=t.text[len(r"\bar{") : -1], bold=True) if t.text in barred else t
        for t in member.tokens
    )
    return reparsed(replace(member, tokens=tokens), page.vocabulary) if tokens != member.tokens else member


def _apart(member: Member, bold: set[str], page: Page) -> Member:
    tokens = member.tokens
    renamed = tuple(
        replace(token, text=_PLAIN.format(token.text)) if _is_plain(tokens, n, bold) else token
        for n, token in enumerate(tokens)
    )
    return reparsed(replace(member, tokens=renamed), page.vocabulary) if renamed != tokens else member


def _is_plain(tokens: tuple[Token, ...], at: int, bold: set[str]) -> bool:
    token = tokens[at]
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return _is_name(token) and not token.bold and token.text in bold and following not in ("_", "(")


def _is_name(token: Token) -> bool:
    return token.kind == "name" and (len(token.text) == 1 or token.text.startswith("\\"))
