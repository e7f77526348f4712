"""Empties the caches that hold texts or words."""

import sys


def forget_texts() -> int:
    """Empty the caches that are keyed by texts or by words; resources of the library stay.

    Returns
    -------
    int
        How many caches were emptied.

    Examples
    --------
    >>> from nlp.text import lemma
    >>> lemma("logements")
    'logement'
    >>> forget_texts() > 0, lemma.cache_info().currsize
    (True, 0)
    """
    emptied = 0
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != "nlp":
            continue
        for value in list(vars(module).values()):
            parameters = (
                None if isinstance(value, type) else getattr(value, "cache_parameters", None)
            )
            # What has no limit holds the library's own resources: there is one of each.
            if parameters is not None and parameters()["maxsize"] is not None:
                value.cache_clear()
                emptied += 1
    return emptied
