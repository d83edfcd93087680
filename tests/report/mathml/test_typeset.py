"""Each kind of node as MathML."""

from xml.etree import ElementTree

import pytest

from pminusy.proofread.syntax import tree
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Branch,
    Call,
    Cases,
    Component,
    Conjunction,
    Delta,
    Derivative,
    Differential,
    Divide,
    Fold,
    Group,
    Indicator,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
)
from pminusy.report.mathml.typeset import _HANDLERS, math

a, b, i, j, k, x = (Symbol(name) for name in "abijkx")
one, two = Number("1"), Number("2")


def outline(node: Node) -> str:
    """A formula as text: its elements without rows, leaves bare, invisible operators left out."""

    def show(element):
        if not len(element):
            return (element.text or "").strip("\u2061\u2062")
        inner = [text for text in map(show, element) if text]
        return "".join(inner) if element.tag in ("math", "mrow") else f"{element.tag[1:]}({' '.join(inner)})"

    return show(ElementTree.fromstring(str(math(node))))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Symbol("w", (i, j)), "sub(w ij)"),
        (Symbol("w", (Add((i, one)), j)), "sub(w i+1,j)"),
        (Symbol(r"\hat{y}", (k,), (i,)), "subsup(over(y ^) k (i))"),
        (Symbol("h", (a,), applied=True), "h(a)"),
        (Power(Symbol("h", (a,), applied=True), two), "sup(h(a) 2)"),
        (Group(a, "[", "]"), "[a]"),
        (Add((a, Negative(b), one)), "a−b+1"),
        (Negative(Add((a, b))), "−(a+b)"),
        (Multiply((Add((a, b)), Negative(x)), (r"\cdot",)), "(a+b)⋅(−x)"),
        (Multiply((a, b, x), ("", r"\odot")), "ab⊙x"),
        (Divide(a, Add((a, b))), "frac(a a+b)"),
        (Divide(a, Multiply((a, b), ("",)), slash=True), "a/(ab)"),
        (Power(Symbol("p", (k,)), two), "subsup(p k 2)"),
        (Power(Add((a, b)), two), "sup((a+b) 2)"),
        (Power(Symbol("y", (), (i,)), two), "sup(sup(y (i)) 2)"),
        (Power(Call(Symbol("tanh"), (x,), opening=""), two), "sup(tanh 2)x"),
        (Transpose(Multiply((a, b), ("",)), r"\top"), "sup((ab) ⊤)"),
        (Call(Symbol("f"), (x, a), primes=1), "sup(f ′)(x,a)"),
        (Call(Symbol("sqrt"), (Divide(two, a),)), "sqrt(frac(2 a))"),
        (Component(Multiply((a, x), ("",)), (i,)), "sub((ax) i)"),
        (Fold("sum", (Binding(k, one, Symbol("K")),), x), "underover(∑ k=1 K)x"),
        (Fold("sum", (Binding(k),), x, Relation(r"\ne", k, i)), "under(∑ k≠i)x"),
        (Fold("max", (Binding(k),), Add((x, a))), "under(max k)(x+a)"),
        (Fold("sum", (), x), "∑x"),
        (Derivative(a, (Symbol("o", (i,)),)), "frac(∂a ∂sub(o i))"),
        (Derivative(a, (Symbol("o", (i,)),) * 2), "frac(sup(∂ 2)a ∂subsup(o i 2))"),
        (Derivative(a, (x, b), "operator", "d"), "frac(sup(d 2) dxdb)a"),
        (Derivative(a, (x,), "slash"), "∂a/∂x"),
        (Derivative(a, (x,), "nabla"), "sub(∇ x)a"),
        (Derivative(a, (Symbol(""),) * 2, "nabla"), "sup(∇ 2)a"),
        (Derivative(a, (x, b), "nabla"), "sub(∇ x,b)a"),
        (Call(Symbol("!"), (x,), opening=""), "x!"),
        (Derivative(a, (x,), "subscript"), "sub(∂ x)a"),
        (Differential(a), "da"),
        (Delta(i, Add((j, one))), "sub(δ i,j+1)"),
        (Indicator(Relation("=", i, j), "1"), "1{i=j}"),
        (Indicator(Relation("=", i, j), "["), "[i=j]"),
        (Cases((Branch(a, Relation("=", i, j)), Branch(b, None))),
         "{table(tr(td(a) td(ifi=j)) tr(td(b) td(otherwise)))"),
        (Norm(a, two), "sub(‖a‖ 2)"),
        (Norm(a, bar="|"), "|a|"),
        (Matrix(((a, b), (one, two)), "bmatrix"), "[table(tr(td(a) td(b)) tr(td(1) td(2)))]"),
        (Conjunction((Relation(r"\le", i, j), Relation(r"\in", i, a))), "i≤j,i∈a"),
    ],
)  # fmt: skip
def test_each_kind_of_node(node, expected):
    assert outline(node).replace("\N{NO-BREAK SPACE}", "") == expected


def test_every_kind_of_expression_is_known():
    kinds = {each for each in vars(tree).values() if isinstance(each, type) and issubclass(each, Node)}
    shown_by_what_holds_them = {Node, tree.Binding, tree.Branch}
    assert kinds - shown_by_what_holds_them == set(_HANDLERS)


@pytest.mark.parametrize("place", ["first", "subtracted"])
def test_the_marked_node_alone_has_the_class(place):
    wrong = Negative(x)
    terms = (wrong, Negative(x)) if place == "first" else (Negative(x), wrong)
    root = ElementTree.fromstring(str(math(a, Add(terms), marked=wrong)))
    (marked,) = root.findall(".//*[@class='wrong']")
    assert "".join(marked.itertext()) == "−x"
    assert root.findall(".//*[@class='wrong']/../*").index(marked) == (0 if place == "first" else 1)


def test_sides_are_joined_by_equals_signs_and_the_left_may_be_open():
    assert str(math(a, b, block=False)) == "<math><mi>a</mi><mo>=</mo><mi>b</mi></math>"
    assert str(math(None, b)) == '<math display="block"><mo>=</mo><mi>b</mi></math>'


def test_what_the_writer_named_is_escaped():
    assert "<script>" not in str(math(Symbol("<script>"), Matrix(((Number("<b>"),),))))
