from pminusy.proofread.syntax.tree import Add, Symbol
from pminusy.report.mathml.show import Show

X, Y = Symbol("x"), Symbol("y")
HANDLERS = {
    Symbol: lambda node, show: node.name,
    Add: lambda node, show: "+".join(map(show, node.terms)),
}


def test_each_node_is_given_to_the_function_for_its_kind():
    assert Show(HANDLERS, None, "")(Add((X, Y))) == "x+y"


def test_the_node_itself_is_marked_and_not_its_equals():
    also_x = Symbol("x")
    assert also_x == X
    assert Show(HANDLERS, also_x, "wrong")(Add((X, also_x))) == 'x+<mrow class="wrong">x</mrow>'
