import threading

import pytest

from pminusy.solvers.progress import listening, tell
from pminusy.solvers.result import Record

RECORD = Record(iteration=3, passes=4, objective=0.5, gradient_norm=0.1, seconds=1.0)


def test_all_listeners_hear_in_the_order_in_which_they_began():
    heard = []
    with listening(lambda r: heard.append(("outer", r))), listening(lambda r: heard.append(("inner", r))):
        tell(RECORD)
    assert heard == [("outer", RECORD), ("inner", RECORD)]


def test_nobody_hears_after_the_block_even_if_it_failed():
    heard = []
    with pytest.raises(ZeroDivisionError), listening(heard.append):
        _ = 1 / 0
    tell(RECORD)
    assert heard == []


def test_another_thread_is_not_listened_to():
    heard = []
    with listening(heard.append):
        thread = threading.Thread(target=tell, args=(RECORD,))
        thread.start()
        thread.join()
    assert heard == []
