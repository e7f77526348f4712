import numpy as np

from nlp import clause_vectors
from nlp.bounded_cache import BoundedCache
from nlp.caches import forget_texts
from nlp.clause_vectors import embed_clauses
from nlp.encoders import embed

CLAUSES = ["un bus le soir", "une laverie", "un bus le soir"]


def test_vectors_are_those_of_the_encoder():
    forget_texts()
    assert (embed_clauses(CLAUSES) == embed(CLAUSES)).all()
    assert (embed_clauses(CLAUSES[1:]) == embed(CLAUSES)[1:]).all()
    assert embed_clauses([]).shape == (0, 1024)


def test_a_known_clause_is_not_encoded_again_until_it_is_forgotten(monkeypatch):
    forget_texts()
    encoded = []

    def counted(clauses):
        encoded.extend(clauses)
        return np.ones((len(clauses), 1024), dtype=np.float32)

    monkeypatch.setattr(clause_vectors, "embed", counted)
    embed_clauses(CLAUSES)
    embed_clauses([*CLAUSES, "un banc"])
    assert encoded == ["un bus le soir", "une laverie", "un banc"]
    forget_texts()
    embed_clauses(CLAUSES[:1])
    assert encoded[-1] == "un bus le soir"
    forget_texts()


def test_the_least_recently_used_values_go_first():
    cache = BoundedCache[str, int](2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]
    cache.cache_clear()
    assert cache.get("a") is None
