from onnx import TensorProto, checker, helper

from pminusy.onnx.names import name_inputs


def test_inputs_get_their_names_and_other_values_make_way():
    def value(name):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1])

    nodes = [
        helper.make_node("Add", ["a", "b"], ["sum"]),
        helper.make_node("Mul", ["sum", "one"], ["label"]),
    ]
    one = helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0])
    graph = helper.make_graph(nodes, "g", [value("a"), value("b")], [value("label")], [one])
    name_inputs(graph, ["label", "the sum"])
    assert [v.name for v in graph.input] == ["label", "the sum"]
    assert [v.name for v in graph.output] == ["label_"]
    assert list(graph.node[0].input) == ["label", "the sum"]
    name_inputs(graph, ["label_", "sum"])
    assert [v.name for v in graph.output] == ["label__"]
    assert list(graph.node[0].output) == ["sum_"]
    checker.check_graph(graph)
