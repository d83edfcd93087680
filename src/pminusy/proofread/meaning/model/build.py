"""From a page that was read to a model that can be evaluated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.lines.assumptions import in_words
from pminusy.proofread.meaning.lines.chance import distributions, is_of_inequalities
from pminusy.proofread.meaning.lines.classified import Classified
from pminusy.proofread.meaning.lines.classify import classify
from pminusy.proofread.meaning.lines.declared import (
    declared_matrices,
    declared_rows,
    declared_sizes,
    declared_vectors,
    listed_names,
    zero_outside,
)
from pminusy.proofread.meaning.lines.laws import drawn_capitals
from pminusy.proofread.meaning.lines.randomness import (
    averaged_alone,
    random_families,
    says_dependent,
    says_identical,
    says_independent,
)
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, SQUARED, Meaning, Rule, main_symbols
from pminusy.proofread.meaning.names.dependence import differentiated, head, nearest, reach, transitive
from pminusy.proofread.meaning.names.families import Families, find_families
from pminusy.proofread.meaning.names.letters import dynamic_letters
from pminusy.proofread.meaning.reading import USUAL, Reading
from pminusy.proofread.meaning.shapes.evidence import Evidence, beside_vectors, vectors_occur
from pminusy.proofread.meaning.shapes.ranks import settle
from pminusy.proofread.meaning.shapes.shape import Scope
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.meaning.shapes.stacked import stacked
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import written_out
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Derivative,
    Differential,
    Multiply,
    Node,
    Norm,
    Number,
    Power,
    Relation,
    Symbol,
    children,
    is_literal,
    walk,
)


def build_model(
    page: Page, claimed: tuple[Chain, ...] = (), reading: Reading = USUAL
) -> tuple[Model, Classified]:
    """The model of a page, and what its chains are; `claimed` are claims whatever their form."""
    trees = [member.tree for chain in page.chains for member in chain.members if member.tree is not None]
    conditions = [condition for chain in page.chains for condition in chain.conditions]
    families = find_families(trees, conditions)
    model, found = _build(page, families, trees, conditions, claimed, reading)
    if layered := (_layered(model, families) | _lettered(found, families)) - reading.axes.keys():
        families = replace(families, layered=layered)
        model, found = _build(page, families, trees, conditions, claimed, reading)
    vectors = vectors_occur(_displayed(page), _bold_names(page)) or _whole_matrices(trees, families)
    vectors = vectors or any(reading.axes.values())
    while more := _split(page, model, vectors):
        families = replace(families, split=families.split | more)
        model, found = _build(page, families, trees, conditions, claimed, reading)
    return model, found


def _layered(model: Model, families: Families) -> frozenset[str]:
    """Names that stand for several layers, told apart by the letter: a_k made of net_k, net_k of a_j, and so on."""
    reached = reach(model.definitions, families)
    found: set[str] = set()
    for family, meaning in model.definitions.items():
        if family in reached[family] and meaning.parameters:
            bodies = [model.definitions[f].body for f in reached[family] if f in model.definitions]
            places = [
                index
                for body in bodies
                for symbol in main_symbols(body)
                if families.resolve(symbol)[0] in model.definitions
                for index in families.resolve(symbol)[1]
            ]
            if all(isinstance(index, Symbol) for index in places):
                found |= {family} | reached[family]
    return frozenset(found)


def _lettered(found: Classified, families: Families) -> frozenset[str]:
    """Names that are defined anew with another letter that nothing runs over: Z_h and Z_o are two layers."""
    return frozenset(
        family
        for family, others in found.alternatives.items()
        if family in found.definitions
        and any(other.parameters != found.definitions[family].parameters for other in others)
        and not families.bound
        & {name for each in (*others, found.definitions[family]) for name in each.parameters}
    )


def _displayed(page: Page) -> list[Node]:
    """The formulas that stand on lines of their own, and those that say what the names in them are."""
    displayed = [
        m.tree for chain in page.chains if chain.display for m in chain.members if m.tree is not None
    ]
    names_used = {symbol.name for tree in displayed for symbol in main_symbols(tree)}
    for chain in page.chains:
        trees = [member.tree for member in chain.members if member.tree is not None]
        if (
            not chain.display
            and trees
            and (not displayed or names_used & {s.name for s in main_symbols(trees[0])})
        ):
            displayed += trees
    return displayed


def _split(page: Page, model: Model, vectors: bool) -> frozenset[tuple[str, int]]:
    """Names that stand for two quantities: a number L and entries L_i; without vectors, also p_k and p_{ik}."""
    counts: defaultdict[str, set[int]] = defaultdict(set)
    for chain in page.chains:
        for symbol in (s for m in chain.members if m.tree is not None for s in _main_symbols(m.tree)):
            family, indices = model.families.resolve(symbol)
            counts[family].add(len(indices))
    found = set() if vectors else set(_totals(page, model))
    alone = _numbers(page, model)
    for family, meanings in model.alternatives.items():
        if model.definitions[family].parameters and any(_is_number(meaning, model) for meaning in meanings):
            found.add((family, len(model.definitions[family].parameters)))
    for family, used in counts.items():
        if family in model.definitions:
            fewest = len(model.definitions[family].parameters)
            scalar = all(model.shapes.lengths.find(n) == 0 for n in model.shapes.values.get(family, ()))
            found |= {
                (family, count)
                for count in used
                if count > fewest and scalar and not model.definitions[family].arguments
            }
        elif not vectors and len(used - {0}) > 1:
            found |= {(family, count) for count in used - {0} if count > min(used - {0})}
        elif not vectors and len(used) > 1 and family in alone:
            found |= {(family, count) for count in used - {0}}
    return frozenset(found)


def _totals(page: Page, model: Model) -> Iterator[tuple[str, int]]:
    """Random quantities that are said to be a sum of others of the same name, as in `X = X_1 + X_2`."""
    for chain in page.chains:
        trees = [member.tree for member in chain.members[:2]]
        if len(trees) < 2 or not isinstance(trees[0], Symbol) or trees[0].indices or trees[1] is None:
            continue
        inside = [model.families.resolve(symbol) for symbol in main_symbols(trees[1])]
        counts = {len(indices) for family, indices in inside if family == trees[0].name}
        if trees[0].name in model.random and counts and 0 not in counts:
            yield from ((trees[0].name, count) for count in counts)


def _whole_matrices(trees: list[Node], families: Families) -> bool:
    """Whether something with two indices also stands in a product as a whole, as W in `Wx` beside `W_{ij}`."""
    counts: defaultdict[str, set[int]] = defaultdict(set)
    whole: set[str] = set()
    for tree in trees:
        for symbol in main_symbols(tree):
            family, indices = families.resolve(symbol)
            counts[family].add(len(indices))
        for node in walk(tree):
            if isinstance(node, Multiply):
                whole |= {f.name for f in node.factors if isinstance(f, Symbol) and not f.indices}
    return any(2 in counts[name] for name in whole if len(name) == 1 and name.isupper())


def _is_number(meaning: Meaning, model: Model) -> bool:
    """Whether a definition without indices is of a number, and not of a whole vector."""
    if meaning.parameters:
        return False
    try:
        return model.shapes.is_scalar(model.shapes.of(meaning.body, Scope({}, {}, {})))
    except ShapeError:
        return False


def _numbers(page: Page, model: Model) -> frozenset[str]:
    """Families that stand without indices in the middle of arithmetic, as numbers do."""
    found = set()
    for chain in page.chains:
        for member in chain.members:
            for node in walk(member.tree) if member.tree is not None else ():
                if isinstance(node, Multiply | Add):
                    parts = node.factors if isinstance(node, Multiply) else node.terms
                    bare = [part for part in parts if isinstance(part, Symbol) and not part.indices]
                    found |= {model.families.resolve(part)[0] for part in bare}
    return frozenset(found)


def _build(
    page: Page,
    families: Families,
    trees: list[Node],
    conditions: list[Node],
    claimed: tuple[Chain, ...],
    reading: Reading,
) -> tuple[Model, Classified]:
    found = classify(page, families, claimed)
    used = _used(page, families, found)
    bold = _bold_names(page)
    sizes = declared_sizes(page, families, bold)
    declared = dict.fromkeys(_compared_with_numbers(conditions, families), 0)
    square = frozenset(a.family for a in in_words(page.text) if a.kind in ("symmetric", "orthogonal"))
    square |= reading.square
    declared |= dict.fromkeys(square, 2)
    declared |= {name: len(lengths) for name, lengths in sizes.items()} | declared_matrices(page)
    declared |= {f: rank for f, rank in declared_vectors(page).items() if 0 in used.get(f, ())}
    declared |= dict.fromkeys(_compared_in_events(trees, families), 0)
    declared |= {**reading.axes, **page.settled.ranks}
    evidence = Evidence(
        used,
        bold,
        declared,
        bool(reading.axes) or any(page.settled.ranks.values()) or vectors_occur(_displayed(page), bold),
        sizes,
        square,
        beside_vectors(trees, families),
        frozenset(differentiated(trees, families, found.definitions)) - _elementwise(trees, families),
        averaged_alone(trees, families) | drawn_capitals(page.draws, families),
        declared_rows(page, families),
    )
    chains = [
        [member.tree for member in claim.members if member.tree is not None]
        for claim in sorted(found.claims, key=lambda claim: not claim.chain.display)
    ]
    chains += [[rule.body] for rule in found.rules]
    shapes = settle(families, found.definitions, chains, evidence, reading.effort)
    opaque, sinks = _opaque(trees, families, found.definitions, found.rules, reading.composed)
    opaque -= reading.independent
    sinks = {family: each for family, each in sinks.items() if family in opaque}
    model = Model(
        families=families,
        definitions=found.definitions,
        rules=found.rules,
        shapes=shapes,
        dynamic=dynamic_letters(found.definitions, families),
        recursive=_recursive(found.definitions, families),
        opaque=opaque,
        sinks=sinks,
        moving=_moving(trees, families, found.definitions),
        integers=_integers(trees, families) | _matrix_exponents(trees, families, shapes),
        trees=tuple(trees),
        positive=_positive(conditions, families),
        alternatives=found.alternatives,
        primed_by=_primed_by(trees, families),
        zero_outside=zero_outside(page),
        fixed={entry: value for entry, value in found.fixed.items() if value is not None},
        random=random_families(trees, families, found.definitions, shapes.ranks),
        distributions=distributions(trees, families, found.definitions),
        independent=says_independent(page.text),
        dependent=says_dependent(page.text),
        identical=says_identical(page.text),
    )
    return model.given(stacked(trees, families, shapes, listed_names(page))), found


def _used(page: Page, families: Families, found: Classified) -> dict[str, frozenset[int]]:
    """For each family without definition, the numbers of indices it occurs with."""
    counts: defaultdict[str, set[int]] = defaultdict(set)
    local = {argument for meaning in found.definitions.values() for argument in meaning.arguments}
    dummies = _dummies(page, families, found)
    for chain in page.chains:
        trees = [member.tree for member in chain.members if member.tree is not None]
        inside = dummies.get(id(chain), frozenset())
        for symbol in (s for tree in trees for s in _main_symbols(tree)):
            family, indices = families.resolve(symbol)
            if symbol in inside:
                continue
            if family in found.definitions or family + SQUARED in found.definitions:
                continue
            if (
                symbol.name in FUNCTIONS
                or symbol.name in ("", ":")
                or (symbol.name == r"\pi" and not indices)
            ):
                continue
            if not indices and symbol.name in families.letters and symbol not in local:
                continue
            counts[family].add(len(indices))
    return {family: frozenset(each) for family, each in counts.items()}


def _dummies(page: Page, families: Families, found: Classified) -> dict[int, frozenset[Symbol]]:
    """For each definition of a function, by its chain, the arguments that mean nothing outside it.

    In `L(w) = …` with L(w) everywhere, w is a quantity of the page; in `s(x) = …` with s(w^T x_i) elsewhere, x is not.
    """
    calls: defaultdict[str, set[tuple[Node, ...]]] = defaultdict(set)
    for chain in page.chains:
        for member in chain.members:
            for node in walk(member.tree) if member.tree is not None else ():
                if isinstance(node, Call):
                    calls[families.resolve(node.function)[0]].add(node.arguments)
    dummies = {}
    for chain in found.defining:
        left = chain.members[0].tree
        if isinstance(left, Call) and len(calls[families.resolve(left.function)[0]]) > 1:
            dummies[id(chain)] = frozenset(a for a in left.arguments if isinstance(a, Symbol))
    return dummies


def _elementwise(trees: list[Node], families: Families) -> frozenset[str]:
    r"""Functions that are applied to a whole and to an entry of it, as in `\sigma(z)` and `\sigma(z_k)`."""
    whole, entries = set[tuple[str, str]](), set[tuple[str, str]]()
    for node in (each for tree in trees for each in walk(tree)):
        if isinstance(node, Call) and len(node.arguments) == 1 and isinstance(node.arguments[0], Symbol):
            name, indices = families.resolve(node.arguments[0])
            (entries if indices else whole).add((families.resolve(node.function)[0], name))
    return frozenset(function for function, _ in whole & entries)


def _compared_with_numbers(conditions: list[Node], families: Families) -> Iterator[str]:
    """Families that stand beside a number in an inequality, as C in `C > 0`: numbers, then."""
    for condition in conditions:
        for node in walk(condition):
            if isinstance(node, Relation) and node.operator in ("<", ">", r"\le", r"\ge"):
                for one, other in ((node.left, node.right), (node.right, node.left)):
                    if isinstance(one, Symbol) and not one.indices and isinstance(other, Number):
                        yield families.resolve(one)[0]


def _compared_in_events(trees: list[Node], families: Families) -> frozenset[str]:
    r"""Capitals that stand without index in events such as `P(|X| \ge a)`: numbers, then."""
    calls = [
        node for tree in trees for node in walk(tree) if isinstance(node, Call) and is_of_inequalities(node)
    ]
    sides = [side for c in calls for both in written_out(c.function.name, c.arguments) for side in both]
    symbols = [symbol for side in sides for symbol in main_symbols(side)]
    return frozenset(families.resolve(s)[0] for s in symbols if s.name.isupper() and not s.indices)


def _positive(conditions: list[Node], families: Families) -> frozenset[str]:
    """Families that a condition such as `w_k > 0` says to be positive."""
    return frozenset(
        families.resolve(node.left)[0]
        for condition in conditions
        for node in walk(condition)
        if isinstance(node, Relation) and node.operator in (">", r"\ge") and isinstance(node.left, Symbol)
        if node.right == Number("0")
    )


def _main_symbols(node: Node) -> Iterator[Symbol]:
    """Symbols that stand for quantities, not as indices, limits or function names."""
    if isinstance(node, Symbol):
        yield node
        for index in node.indices:
            if isinstance(index, Symbol) and index.indices:
                yield index
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from _main_symbols(argument)
    elif isinstance(node, Norm):
        yield from _main_symbols(node.body)
    elif not isinstance(node, Binding):
        for child in children(node):
            yield from _main_symbols(child)


def _bold_names(page: Page) -> frozenset[str]:
    return frozenset(
        token.text
        for chain in page.chains
        for member in chain.members
        for token in member.tokens
        if token.bold and token.kind == "name"
    )


def _recursive(definitions: dict[str, Meaning], families: Families) -> frozenset[str]:
    reached = reach(definitions, families)
    return frozenset(
        family for family in definitions if family in reached[family] and definitions[family].parameters
    )


def _opaque(
    trees: list[Node],
    families: Families,
    definitions: dict[str, Meaning],
    rules: list[Rule],
    composed: bool,
) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Families that are differentiated without being defined, and what those that are numbers depend on."""
    variables = differentiated(trees, families, definitions)
    reached = reach(definitions, families)
    if composed:
        reached = transitive({**reached, **variables})
    ruled = {rule.family for rule in rules}
    sinks = {
        family: tuple(sorted(nearest(names, reached)))
        for family, names in variables.items()
        if family not in ruled and _depends_index_by_index(family, trees, families)
    }
    return frozenset(variables) | ruled, sinks


def _primed_by(trees: list[Node], families: Families) -> Symbol | None:
    """The plain argument of primed functions; None where there are several."""
    found = {
        node.arguments[0]
        for tree in trees
        for node in walk(tree)
        if isinstance(node, Call) and node.primes and node.arguments
        if isinstance(node.arguments[0], Symbol)
    }
    only = found.pop() if len(found) == 1 else None
    return only if isinstance(only, Symbol) and only.name not in families.letters else None


def _depends_index_by_index(family: str, trees: list[Node], families: Families) -> bool:
    """Whether a quantity is differentiated only by what has its own indices in front, as L_t by o_t."""
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Derivative) and (body := head(node.body)) is not None:
                name, indices = families.resolve(body)
                variable = head(node.variables[0]) if node.variables else None
                if name == family and variable is not None and indices:
                    own = families.resolve(variable)[1]
                    if own and own[: len(indices)] != indices and isinstance(own[0], Symbol):
                        return False
    return True


def _moving(trees: list[Node], families: Families, definitions: dict[str, Meaning]) -> frozenset[str]:
    found = set()
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Differential) and isinstance(node.body, Symbol):
                family = families.resolve(node.body)[0]
                if family not in definitions:
                    found.add(family)
    return frozenset(found)


def _integers(trees: list[Node], families: Families) -> frozenset[str]:
    """Families whose values stand as indices, as y in p_{y_i}, or multiply them, as s in x_{si+u}."""
    found = set()
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Symbol):
                for index in families.resolve(node)[1]:
                    if isinstance(index, Symbol) and index.indices:
                        found.add(families.resolve(index)[0])
                    elif isinstance(index, Add):
                        found |= _multipliers(index, families)
    return frozenset(found)


def _matrix_exponents(trees: list[Node], families: Families, shapes: Shapes) -> frozenset[str]:
    """Free numbers that square matrices are raised to, as k in `A^k x`."""
    found = set()
    for node in (each for tree in trees for each in walk(tree)):
        if isinstance(node, Power) and not is_literal(node.exponent) and _is_matrix(node.base, shapes):
            symbols = [s for s in main_symbols(node.exponent) if not is_literal(s)]
            found |= {families.resolve(s)[0] for s in symbols}
    return frozenset(f for f in found if shapes.ranks.get(f, -1) == 0)


def _is_matrix(node: Node, shapes: Shapes) -> bool:
    try:
        rows, columns = shapes.of(node, Scope({}, {}, {}))
    except ShapeError:
        return False
    return rows != 0 and shapes.lengths.same(rows, columns) and not shapes.is_scalar((rows, columns))


def _multipliers(index: Add, families: Families) -> set[str]:
    factors = [f for term in index.terms if isinstance(term, Multiply) for f in term.factors]
    plain = [f for f in factors if isinstance(f, Symbol) and not f.indices and f.name not in families.letters]
    return {families.resolve(factor)[0] for factor in plain}
