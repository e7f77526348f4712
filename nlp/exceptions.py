"""What the library refuses, drawn as a tree; each message names the position at fault.

```
ValueError
└── NlpError
    ├── TextError
    ├── ContextError
    ├── EmbeddingsError
    ├── OptionsError
    ├── TargetsError
    ├── AgreementError
    ├── LexiconError
    ├── ModelError
    ├── TrainingDataError
    ├── EncoderError
    │   ├── FolderError
    │   └── PackageError
    └── ContradictoryFeedbackError
```
"""


class NlpError(ValueError):
    """Something given to the library cannot be used."""


class TextError(NlpError):
    """There is no text, or one of them is not a string."""


class ContextError(NlpError):
    """There is not one context for each text."""


class EmbeddingsError(NlpError):
    """The vectors given are not finite numbers, one row per text."""


class OptionsError(NlpError):
    """An option is out of its bounds."""


class TargetsError(NlpError):
    """What clusters may speak of cannot be told apart, or the threshold is not a share."""


class AgreementError(NlpError):
    """Two groupings are not of the same texts."""


class LexiconError(NlpError):
    """A line of a lexicon file is neither a theme nor a concept."""


class ModelError(NlpError):
    """A file of weights does not hold a model of this version."""


class TrainingDataError(NlpError):
    """A file of labelled notes or of demands cannot be read."""


class EncoderError(NlpError):
    """A sentence model of one's own cannot be used."""


class FolderError(EncoderError):
    """The folder is absent, or holds no model that can be read."""


class PackageError(EncoderError):
    """The package that reads the model is not installed."""


class ContradictoryFeedbackError(NlpError):
    """The human decisions cannot all be honoured."""
