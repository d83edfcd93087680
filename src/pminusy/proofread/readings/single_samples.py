r"""Sums over samples where the text goes on with a single one: `\sum_i (h(x^{(i)}) - y^{(i)})^2` is `(h(x) - y)^2`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeGuard

from pminusy.proofread.readings.rewritten import Part
from pminusy.proofread.source.page import Chain, Member, Page
from pminusy.proofread.syntax.tree import Fold, Node, Symbol, transform, walk

_SINGLE = re.compile(
    r"\b(?:(?:just|only)\s+(?:have\s+)?one|(?:for|with|of|at|consider|take|use)\s+(?:(?:only|just)\s+)?(?:one|a single)"
    r"|single)\s+(?:training\s+|data\s+)?(?:example|sample|point|observation|datum)"
    r"|\b(?:une? seule?|un[ao]? sol[ao]|un[ao]? únic[ao]|uma? únic[ao]|ein(?:em)? einzige[sn]|einzelnes)"
    r"\s+(?:exemple|échantillon|observation|ejemplo|dato|muestra|esempio|campione|exemplo|amostra|Beispiel|Datenpunkt\w*)"
    r"|(?:只有|单|單|一)(?:一)?(?:个|個)(?:训练|訓練)?(?:样本|樣本|数据点)|1\s*つの(?:学習)?(?:データ|サンプル)"
    r"|одн(?:ого|ому|ом|им|ин)\s+(?:обучающ\w+\s+)?(?:пример|объект)",
    re.IGNORECASE,
)


def with_single_samples(part: Part, page: Page) -> Part | None:
    """A part of a page in which the sums of other lines have a single term; None where no words before say so."""
    own, chain = part
    if not _SINGLE.search(page.text[: chain.members[0].span.start]) or _sums(chain):
        return None
    chains = [each if each is chain else _reduced(each) for each in own.chains]
    if all(new is old for new, old in zip(chains, own.chains, strict=True)):
        return None
    return replace(own, chains=chains), chain


def _sums(chain: Chain) -> bool:
    return any(isinstance(n, Fold) for m in chain.members if m.tree is not None for n in walk(m.tree))


def _reduced(chain: Chain) -> Chain:
    members = [_without_sums(member) for member in chain.members]
    same = all(new is old for new, old in zip(members, chain.members, strict=True))
    return chain if same else replace(chain, members=members)


def _without_sums(member: Member) -> Member:
    """A side with what its sums and products are of, and no index that these run over."""
    if member.tree is None:
        return member
    indices = {n.bindings[0].index for n in walk(member.tree) if _is_single_sum(n)}

    def single(node: Node) -> Node:
        if _is_single_sum(node):
            return node.body
        if not isinstance(node, Symbol) or not indices & set(node.indices):
            return node
        lower, upper = (tuple(i for i in side if i not in indices) for side in (node.lower, node.upper))
        return replace(node, lower=lower, upper=upper)

    return member.rewrite(transform(member.tree, single)) if indices else member


def _is_single_sum(node: Node) -> TypeGuard[Fold]:
    return isinstance(node, Fold) and node.kind in ("sum", "prod") and len(node.bindings) == 1
