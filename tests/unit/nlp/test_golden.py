"""A small corpus of our own, and the groups it gave: a change of the pipeline shows here first.

``python -m tests.unit.nlp.test_golden`` writes the groups again, to be read before they are kept.
"""

import json
from pathlib import Path

from nlp import agreement, analyse
from nlp.tables import read_columns

CORPUS = Path(__file__).parents[3] / "webapp/demonstration/contributions-precarite-rurale.csv"
GOLDEN = Path(__file__).with_name("golden.json")
# The last bits of a number differ between processors, and may move a text at the margin.
_SAME = 0.95


def found():
    texts = [text for (text,) in read_columns(str(CORPUS), ("body",))]
    result = analyse(texts)
    return result.labels.tolist(), [cluster.title for cluster in result.clusters]


def test_the_corpus_gives_the_groups_it_gave():
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    labels, titles = found()
    assert agreement(labels, golden["labels"]).ari >= _SAME
    kept = set(titles) & set(golden["titles"])
    assert len(kept) >= _SAME * len(golden["titles"]), set(titles) ^ set(golden["titles"])


if __name__ == "__main__":
    labels, titles = found()
    GOLDEN.write_text(
        json.dumps({"titles": titles, "labels": labels}, ensure_ascii=False, indent=0) + "\n",
        encoding="utf-8",
    )
