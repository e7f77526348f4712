"""What the library refuses, drawn as a tree; each message names the position at fault.

```
ValueError
└── NlpError
    ├── TextError
    ├── EmbeddingsError
    ├── OptionsError
    ├── TargetsError
    ├── AgreementError
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


class EmbeddingsError(NlpError):
    """The vectors given are not finite numbers, one row per text."""


class OptionsError(NlpError):
    """An option is out of its bounds."""


class TargetsError(NlpError):
    """What clusters may speak of cannot be told apart, or the threshold is not a share."""


class AgreementError(NlpError):
    """Two groupings are not of the same texts."""


class EncoderError(NlpError):
    """A sentence model of one's own cannot be used."""


class FolderError(EncoderError):
    """The folder is absent, or holds no model that can be read."""


class PackageError(EncoderError):
    """The package that reads the model is not installed."""


class ContradictoryFeedbackError(NlpError):
    """The human decisions cannot all be honoured."""
