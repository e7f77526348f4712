"""Loads a sentence-transformers model from a local folder."""

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from nlp.exceptions import EmbeddingsError, FolderError, PackageError
from nlp.text import content_words

_PACKAGE = "sentence_transformers"
# What every sentence-transformers folder holds: the list of its layers.
_LAYERS = "modules.json"
_DRIVER = 1
_DIGITS = 32
# Read when the package is imported: nothing is looked for beyond this machine.
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}


class LocalModel:
    """Sentence vectors of a model kept in a folder, laid out as those of the bundled one.

    The optional package ``sentence-transformers`` reads the folder; the network is never used and
    no code of the folder is run. Texts are read one by one, so that the vector of a text depends
    on nothing but the text: this is slower than in batches, and vectors are worth keeping.

    Parameters
    ----------
    folder : str or path
        A folder that ``SentenceTransformer.save`` wrote.

    Raises
    ------
    FolderError
        If there is no such folder, or it holds no model that can be read.
    PackageError
        If the package is not installed.

    Examples
    --------
    >>> LocalModel("nowhere")
    Traceback (most recent call last):
    nlp.exceptions.FolderError: no sentence-transformers model in 'nowhere'
    """

    def __init__(self, folder: str | PathLike[str]) -> None:
        self._folder = Path(folder)
        if not (self._folder / _LAYERS).is_file():
            raise FolderError(f"no sentence-transformers model in {str(folder)!r}")
        self._package = _package()
        self._model = self._read()

    @cached_property
    def key(self) -> str:
        """Name of the vectors: cached ones are valid only under the same key.

        The package, its version, the SHA-256 of the names and bytes of all the files of the
        folder, and the version of the way it is driven.
        """
        said = hashlib.sha256()
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            said.update(f"{path.relative_to(self._folder).as_posix()}\0{content}\n".encode())
        version = self._package.__version__
        return f"sentence-transformers/{version}/{said.hexdigest()[:_DIGITS]}/{_DRIVER}"

    @cached_property
    def dimensions(self) -> int:
        """Numbers of one vector, for ``Options(dimensions=…)``: twice those of the model."""
        return len(self.embed(["un"])[0])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per text: the text as it was said beside its content words.

        Parameters
        ----------
        texts : sequence of str
            Any texts; the model reads the beginning of long ones.

        Returns
        -------
        ndarray of shape (n_texts, dimensions), float32
            Unit vectors, in the order of ``texts``.

        Raises
        ------
        EmbeddingsError
            If the model returns anything but one row of finite numbers per text.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        subjects = [" ".join(content_words(text)) or text for text in texts]
        # A lone surrogate is no character: the model reads the « ? » that replaces it.
        read = [text.encode("utf-8", "replace").decode("utf-8") for text in (*texts, *subjects)]
        distinct = {text: row for row, text in enumerate(dict.fromkeys(read))}
        known = self._sentences(list(distinct)) / np.sqrt(2, dtype=np.float32)
        rows = [distinct[text] for text in read]
        return np.hstack([known[rows[: len(texts)]], known[rows[len(texts) :]]])

    def _sentences(self, texts: list[str]) -> NDArray[np.float32]:
        found = np.asarray(
            self._model.encode(texts, batch_size=1, show_progress_bar=False), dtype=np.float32
        )
        if found.ndim != 1 + 1 or len(found) != len(texts) or not np.isfinite(found).all():
            raise EmbeddingsError(f"the model made {found.shape} for {len(texts)} texts")
        vectors: NDArray[np.float32] = normalize(found)
        return vectors

    def _read(self) -> Any:  # noqa: ANN401 - the package may be absent, and its types with it
        try:
            return self._package.SentenceTransformer(
                str(self._folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
        except (OSError, ValueError, KeyError) as error:
            raise FolderError(f"the model in {str(self._folder)!r} cannot be read") from error


def _package() -> Any:  # noqa: ANN401 - as above
    os.environ.update(_OFFLINE)
    try:
        return import_module(_PACKAGE)
    except ImportError as error:
        raise PackageError("sentence-transformers is not installed") from error
