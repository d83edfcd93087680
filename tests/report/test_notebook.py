from markupsafe import Markup

from pminusy.report.notebook import cell


def test_the_style_reaches_no_further_than_the_cell():
    shown = cell(Markup("<p>x</p>"), ("style.css",))
    assert shown.startswith("<div><style>@scope {\n:scope {")
    assert ":root" not in shown
    assert shown.endswith("</style><p>x</p></div>")
