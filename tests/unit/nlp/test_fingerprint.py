import numpy as np

from nlp.fingerprint import fingerprint


def test_the_last_bits_do_not_count_and_the_rest_does():
    assert fingerprint(np.array([0.1 + 0.2])) == fingerprint((0.3,))
    assert fingerprint([0.3]) != fingerprint([0.31])
    assert fingerprint(-0.0) == fingerprint(0.0)


def test_the_order_of_a_set_or_a_mapping_does_not_count():
    assert fingerprint({"b": 1, "a": 2}, frozenset({"x", "y"})) == fingerprint(
        {"a": 2, "b": 1}, frozenset({"y", "x"})
    )
    assert fingerprint([1, 2]) != fingerprint([2, 1])
