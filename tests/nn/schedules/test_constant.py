from pminusy.nn import Constant


def test_all_ones():
    assert Constant().factors(3, 4, 5).tolist() == [1.0, 1.0, 1.0, 1.0]
