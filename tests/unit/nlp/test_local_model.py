"""A model of one's own. Where the package is absent, a small module stands in for it.

The stand-in hashes letters: it shows how the folder, the vectors and the errors are handled, and
nothing of what a real model gives. Where the package is installed these tests are skipped, for they
have no real model to read; only those of the absent folder and of the key run there.
"""

import hashlib
import os
import sys
from importlib.util import find_spec
from types import ModuleType

import numpy as np
import pytest

from nlp import Options, analyse
from nlp.exceptions import (
    EmbeddingsError,
    EncoderError,
    FolderError,
    NlpError,
    OptionsError,
    PackageError,
)
from nlp.local_model import LocalModel

TEXTS = ["Rénover les logements", "Isoler les logements", "Plus de bus", "Des bus le soir"]
absent = pytest.mark.skipif(
    find_spec("sentence_transformers") is not None, reason="the real package is installed"
)


class Stand:
    """What stands in for `SentenceTransformer`: eight numbers from the letters of a text."""

    shape = 8

    def __init__(self, folder, *, device, local_files_only, trust_remote_code):
        assert (device, local_files_only, trust_remote_code) == ("cpu", True, False)
        assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"
        with open(os.path.join(folder, "modules.json"), encoding="utf-8") as file:  # noqa: PTH118,PTH123
            if "broken" in file.read():
                raise OSError("no weights")

    def encode(self, texts, *, batch_size, show_progress_bar):
        assert batch_size == 1
        assert not show_progress_bar
        numbers = [hashlib.sha256(text.encode()).digest()[: self.shape] for text in texts]
        return np.array([list(number) for number in numbers], dtype=np.float64) - 128


@pytest.fixture
def package(monkeypatch):
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = type("Model", (Stand,), {})
    module.__version__ = "0.0"
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "0")
    return module


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_an_absent_folder_is_said_before_anything_is_imported(tmp_path):
    for missing in (tmp_path / "none", tmp_path):
        with pytest.raises(FolderError, match="no sentence-transformers model"):
            LocalModel(missing)
    assert issubclass(FolderError, EncoderError)
    assert issubclass(PackageError, EncoderError)
    assert issubclass(EncoderError, NlpError)


@absent
def test_an_absent_package_is_said(folder, monkeypatch):
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "0")
    with pytest.raises(PackageError, match="not installed"):
        LocalModel(folder)


@absent
def test_vectors_have_two_halves_and_depend_on_their_text_alone(folder, package):
    model = LocalModel(folder)
    vectors = model.embed(TEXTS)
    assert vectors.shape == (4, model.dimensions) == (4, 16)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert (model.embed(TEXTS[2:3])[0] == vectors[2]).all()
    # « plus de bus » and « des bus » have no other content word than « bus ».
    assert (vectors[2, 8:] == model.embed(["bus"])[0, 8:]).all()


@absent
def test_any_text_may_be_read(folder, package):
    assert LocalModel(folder).embed(["", "🌱", "\ud800"]).shape == (3, 16)
    assert LocalModel(folder).embed([]).shape == (0, 16)


@absent
def test_an_analysis_takes_its_vectors_and_refuses_others(folder, package):
    model = LocalModel(folder)
    vectors = model.embed(TEXTS)
    result = analyse(TEXTS, embeddings=vectors, options=Options(dimensions=model.dimensions))
    assert len(result.labels) == len(TEXTS)
    with pytest.raises(EmbeddingsError, match=r"need \(4, 1024\), got \(4, 16\)"):
        analyse(TEXTS, embeddings=vectors)
    with pytest.raises(OptionsError, match="two halves"):
        Options(dimensions=15)


@absent
def test_the_key_follows_every_file_of_the_folder(folder, package):
    before = LocalModel(folder).key
    assert before.startswith("sentence-transformers/0.0/")
    assert len(before) <= 80
    assert LocalModel(folder).key == before
    (folder / "1_Pooling" / "config.json").write_text("{ }", encoding="utf-8")
    assert (after := LocalModel(folder).key) != before
    (folder / "1_Pooling" / "config.json").rename(folder / "config.json")
    assert LocalModel(folder).key not in {before, after}


@absent
def test_a_folder_that_cannot_be_read_is_said(folder, package):
    (folder / "modules.json").write_text("broken", encoding="utf-8")
    with pytest.raises(FolderError, match="cannot be read"):
        LocalModel(folder)


@absent
@pytest.mark.parametrize("made", [np.zeros(3), np.full((8, 4), np.nan), np.zeros((1, 4))])
def test_what_is_not_one_finite_row_per_text_is_refused(folder, package, monkeypatch, made):
    monkeypatch.setattr(package.SentenceTransformer, "encode", lambda *_, **__: made)
    with pytest.raises(EmbeddingsError, match="the model made"):
        LocalModel(folder).embed(TEXTS)
