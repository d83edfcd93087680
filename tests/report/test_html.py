import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pminusy.report.html import render_html
from pminusy.report.model import Report

_NETWORKS = ["network_report", "cnn_report", "table_network_report"]
_REPORTS = ["digits_report", "table_report", "many_classes_report", "wine_report", *_NETWORKS]
_VOID = {"meta", "img", "br", "hr", "input", "link"}


class _Page(HTMLParser):
    """Collects a page's elements, and checks that each is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.text = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def values(self, attribute):
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module", params=_REPORTS)
def page(request):
    return _Page(render_html(request.getfixturevalue(request.param)))


def test_elements_are_closed_and_ids_are_unique(page):
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))


def test_links_lead_to_places_on_the_page(page):
    targets = [target for target in page.values("href") if not target.startswith("data:")]
    assert {"#data", "#mistakes", "#gradient"} <= set(targets)
    assert {target.removeprefix("#") for target in targets} <= set(page.values("id"))


@pytest.mark.parametrize("name", ["wine_report", "network_report"])
def test_links_are_named_as_the_headings_that_they_lead_to(name, request):
    html = render_html(request.getfixturevalue(name))
    links = dict(re.findall(r'<a href="#(\w+)">([^<]+)</a>', html))
    headings = dict(re.findall(r'<section id="(\w+)">\s*<h2>([^<]+)</h2>', html))
    assert links == headings


def test_nothing_is_loaded_and_nothing_runs(page):
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed"}
    assert all(source.startswith("data:image/png;base64,") for source in page.values("src"))
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
    style = "".join(page.text)
    assert "@import" not in style
    assert not re.search(r"url\((?!#)", style + " ".join(page.values("style")))


def test_pictures_charts_and_tables_are_accessible(page):
    tags = [tag for tag, _ in page.elements]
    assert all(attrs.get("alt") for tag, attrs in page.elements if tag == "img")
    assert all(attrs.get("aria-label") for tag, attrs in page.elements if tag == "svg")
    assert all(attrs.get("scope") in ("row", "col") for tag, attrs in page.elements if tag == "th")
    assert tags.count("table") == tags.count("caption") > 0
    assert tags.count("h1") == 1


def test_what_comes_from_the_data_is_escaped(table_report):
    html = render_html(table_report)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>no" not in html
    assert "<i>" not in html
    assert "a &amp; b" in html


def test_the_summary_says_how_it_went(digits_report, table_report):
    good, bad = render_html(digits_report), render_html(table_report)
    for phrase in ("<b>Converged</b>", "<b>Gradient check passed</b>", "tested on 450 held-out images"):
        assert phrase in good
    for phrase in ("<b>Not converged</b>", "<b>Gradient check failed</b>", "Increase max_iter, scale"):
        assert phrase in bad


def test_image_data_show_weights_and_mistakes_as_images(digits_report):
    page = _Page(render_html(digits_report))
    assert len(page.values("src")) == 10 + len(digits_report.mistakes)


def test_long_lists_fold(many_classes_report, wine_report):
    folded = [tag for tag, _ in _Page(render_html(many_classes_report)).elements].count("details")
    # Rows of each class, scores of each class, and weights.
    assert folded == 3
    assert "<details" not in render_html(wine_report)


def test_a_perfect_model_has_no_mistakes_to_show(wine_report):
    none = replace(wine_report, mistakes=(), confusion=replace(wine_report.confusion, pairs=()))
    html = render_html(none)
    assert "None: every training row was classified correctly." in html
    assert "No row was misclassified." in html


@pytest.mark.parametrize("name", _NETWORKS)
def test_a_network_has_curves_and_layers_in_place_of_weights(name, request):
    report = request.getfixturevalue(name)
    page = _Page(render_html(report))
    labels = page.values("aria-label")
    for chart in ("loss", "accuracy", "learning rate"):
        assert f"Line chart of the {chart} of each epoch" in labels
    assert "Line chart of the gradient norm of each layer's parameters" in labels
    assert "layers" in page.values("id")
    assert "weights" not in page.values("id")
    html = render_html(report)
    assert "<b>Trained</b>" in html
    for text in ("training", "validation", "held out, at the end"):
        assert f">{text}</text>" in html


def test_images_show_units_of_a_network_and_filters_of_a_convolutional_one(network_report, cnn_report):
    for report, shown, caption in (
        (network_report, 44, "Shown are the 44 of 60 with"),
        (cnn_report, 16, "Each filter"),
    ):
        html = render_html(report)
        assert caption in html
        assert len(_Page(html).values("src")) == shown + len(report.mistakes)


def test_a_constant_learning_rate_needs_no_chart(network_report):
    network = network_report.network
    constant = tuple(replace(epoch, learning_rate=0.25) for epoch in network.history)
    html = render_html(replace(network_report, network=replace(network, history=constant)))
    assert "of the learning rate" not in html
    assert "<dt>Learning rate</dt><dd>0.25</dd>" in html


def test_a_network_that_never_finished_an_epoch_has_no_curve(network_report):
    network = replace(network_report.network, history=())
    html = render_html(replace(network_report, network=network))
    assert "of each epoch" not in html
    assert "gradient norm" not in html


def test_a_solver_without_history_has_no_curve(wine_report):
    none = replace(wine_report, solver=replace(wine_report.solver, history=()))
    assert render_html(none).count("<svg ") == render_html(wine_report).count("<svg ") - 2 == 2


@pytest.mark.parametrize("name", _REPORTS)
def test_the_same_report_gives_the_same_bytes_also_from_json(name, request):
    report = request.getfixturevalue(name)
    assert render_html(report) == render_html(Report.from_json(report.to_json()))


def test_matplotlib_is_imported_only_to_draw():
    modules = "pminusy.report.build, pminusy.report.html, pminusy.report.text"
    code = f"import sys, {modules}; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_large_counts_have_separators(network_report, many_classes_report):
    network = network_report.network
    layers = (replace(network.layers[0], shape=(12_345, 3)), *network.layers[1:])
    assert "12,345 × 3" in render_html(replace(network_report, network=replace(network, layers=layers)))
    many = replace(many_classes_report, per_class=many_classes_report.per_class * 50)
    assert "3,485 more classes" in render_html(many)
