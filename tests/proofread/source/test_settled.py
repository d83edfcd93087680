from dataclasses import replace

from pminusy.proofread.source.reader import read_page
from pminusy.proofread.source.settled import NOTHING, Settled
from pminusy.proofread.syntax.tree import Call, walk
from pminusy.proofread.syntax.vocabulary import Vocabulary


def called(vocabulary):
    return replace(vocabulary, functions=vocabulary.functions | {"v"})


def primed(vocabulary):
    return replace(vocabulary, prime_transposes=True)


def test_nothing_settled_leaves_a_vocabulary_as_it_is():
    assert NOTHING.over(Vocabulary(functions=frozenset("f"))) == Vocabulary(functions=frozenset("f"))


def test_all_decisions_count_and_no_more():
    found = Settled(edits=(called, primed)).over(Vocabulary(functions=frozenset("f"), kronecker=False))
    assert found == Vocabulary(functions=frozenset("fv"), prime_transposes=True, kronecker=False)


def test_a_page_is_read_as_decided():
    text = "$$a = v + v(b + c)$$"
    usual, decided = (read_page(text, settled=each) for each in (NOTHING, Settled(edits=(called,))))
    calls = [[isinstance(n, Call) for n in walk(p.chains[0].members[1].tree)] for p in (usual, decided)]
    assert [any(each) for each in calls] == [False, True]


def test_other_readings_of_a_formula_keep_what_was_decided():
    def tight(vocabulary):
        return replace(vocabulary, reading=replace(vocabulary.reading, tight_slash=False))

    text = r"$$a = \log p q + 1/2m$$"
    usual, decided = (read_page(text, settled=each) for each in (NOTHING, Settled(edits=(tight,))))
    first, other = (page.readings(page.chains[0].members[1]) for page in (usual, decided))
    assert first[0] not in other
    assert len(other) > 1
