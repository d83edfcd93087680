from datetime import date, timedelta

import numpy as np
import onnxruntime as rt
from onnx import TensorProto, helper, numpy_helper

from pminusy.onnx.dates import weekday, year_and_month


class PlainGraph:
    """A graph of nodes that belong to no model."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def add(self, operator, *inputs, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [f"v{len(self.nodes)}"], **attributes))
        return f"v{len(self.nodes) - 1}"

    def constant(self, value):
        self.constants.append(numpy_helper.from_array(np.array(value), f"c{len(self.constants)}"))
        return self.constants[-1].name


def calendar(days):
    graph = PlainGraph()
    names = [*year_and_month(graph, "days"), weekday(graph, "days")]
    values = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, [None]) for name in ("days", *names)]
    made = helper.make_graph(graph.nodes, "calendar", values[:1], values[1:], graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return rt.InferenceSession(model.SerializeToString()).run(None, {"days": days})


def test_every_day_of_eight_centuries():
    days = np.arange(-150_000, 150_000, dtype=np.float64)
    dates = [date(1970, 1, 1) + timedelta(days=int(day)) for day in days]
    year, month, week = calendar(days + 0.75)  # in the evening
    np.testing.assert_array_equal(year, [day.year for day in dates])
    np.testing.assert_array_equal(month, [day.month for day in dates])
    np.testing.assert_array_equal(week, [day.isoweekday() for day in dates])


def test_what_is_missing_stays_missing():
    assert np.isnan(calendar(np.array([np.nan]))).all()
