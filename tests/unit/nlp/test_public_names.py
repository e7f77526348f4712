import subprocess
import sys
from dataclasses import is_dataclass

import nlp


def test_the_public_names_are_the_contract():
    types = {"Analysis", "Cluster", "Context", "Family", "Feedback", "Options", "Suggestion"}
    acts = {"agreement", "analyse", "explain", "find_personal_data", "rank", "segment", "similar"}
    assert nlp.__all__ == sorted(types | acts | {"Tension", "Title"})


def test_what_is_returned_cannot_be_changed():
    for name in (
        "Analysis",
        "Cluster",
        "Family",
        "Feedback",
        "Options",
        "Suggestion",
        "Tension",
        "Title",
    ):
        kind = getattr(nlp, name)
        assert is_dataclass(kind)
        assert kind.__dataclass_params__.frozen
        assert "__slots__" in vars(kind)


def test_importing_the_library_does_not_load_the_model():
    code = "import nlp, nlp.sentence_model as m; print(m._model.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
