from tests.proofread.reading import page

from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Assumption, Stated
from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.syntax.tree import Span


def test_assumptions_count_where_they_were_stated():
    read = page("y = a x", "y + 1 = a x + 1")
    model, found = build_model(read)
    everywhere, here = Assumption("equal", "a", (1.0,)), Assumption("equal", "x", (2.0,))
    stated = (Stated(everywhere), Stated(here, Span(10, 20)))
    view = View(read, model, found, stated, Layout(), found.claims[0])
    assert view.stated_at(15) == (everywhere, here)
    assert view.stated_at(20) == (everywhere,)
    assert view.choices == ()
