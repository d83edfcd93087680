from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pminusy.report import network_charts as charts


def _texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter("text")]


def _with_losses(report, *losses):
    epochs = tuple(
        replace(report.network.history[0], epoch=i + 1, loss=loss, validation_loss=None)
        for i, loss in enumerate(losses)
    )
    return replace(report, network=replace(report.network, history=epochs))


def test_curves_are_named_and_validation_is_one_where_there_is_any(network_report):
    assert {"training", "validation", "held out, at the end"} <= set(
        _texts(charts.loss_chart(network_report))
    )
    alone = replace(_with_losses(network_report, 2.0, 1.5), test=None)
    assert not {"validation", "held out, at the end"} & set(_texts(charts.loss_chart(alone)))


def test_losses_over_orders_of_magnitude_are_on_a_logarithmic_scale(network_report):
    assert "0.01" in _texts(charts.loss_chart(replace(_with_losses(network_report, 10.0, 0.005), test=None)))


def test_accuracies_are_in_percent(network_report):
    assert any(text.endswith("%") for text in _texts(charts.accuracy_chart(network_report)))


def test_every_layer_that_learns_has_a_curve_of_its_norms(network_report):
    texts = _texts(charts.gradient_norms_chart(network_report.network))
    names = [layer.name for layer in network_report.network.layers]
    assert [text for text in texts if text in names] == [name for name in names if name.startswith("Dense")]


def test_learning_rates_start_at_0(network_report):
    assert {"epoch", "learning rate", "0"} <= set(_texts(charts.learning_rate_chart(network_report.network)))


def test_a_report_without_a_network_has_no_curves(wine_report):
    with pytest.raises(ValueError, match="expected that of a network"):
        charts.loss_chart(wine_report)
