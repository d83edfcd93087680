from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Multiply,
    Number,
    Span,
    Symbol,
    children,
    has_derivative,
    is_literal,
    map_children,
    substitute,
    transform,
    walk,
)

X, Y, TWO = Symbol("x"), Symbol("y"), Number("2")
SUM = Add((X, Multiply((TWO, Y), ("",))))


def test_nodes_are_walked_parents_first_in_reading_order():
    assert list(walk(SUM)) == [SUM, X, SUM.terms[1], TWO, Y]
    assert list(children(SUM)) == [X, SUM.terms[1]]
    assert list(children(Symbol("x", (Symbol("i"),), (Symbol("n"),)))) == [Symbol("i"), Symbol("n")]


def test_places_do_not_tell_nodes_apart():
    assert Symbol("x", span=Span(3, 4)) == X
    assert Span(3, 4) | Span(7, 9) == Span(3, 9)


def test_what_a_change_leaves_alone_is_shared():
    same = transform(SUM, lambda node: node)
    assert same is SUM
    changed = transform(SUM, lambda node: Number("3") if node == TWO else node)
    assert changed == Add((X, Multiply((Number("3"), Y), ("",))))
    assert changed.terms[0] is X


def test_children_alone_are_changed():
    assert map_children(SUM, lambda node: Y) == Add((Y, Y))


def test_the_node_itself_is_replaced_and_not_its_equals():
    other = Symbol("x")
    assert substitute(Add((X, other)), other, Y) == Add((X, Y))


def test_numbers_constants_and_functions_of_them_are_literal():
    assert is_literal(Call(Symbol("log"), (Add((TWO, Symbol("e"))),)))
    assert not is_literal(SUM)


def test_derivatives_in_any_notation_are_found():
    assert has_derivative(X, Derivative(Y, (X,), "fraction"))
    assert has_derivative(Call(Symbol("f"), (X,), 1))
    assert has_derivative(Symbol("f'"))
    assert not has_derivative(SUM)
