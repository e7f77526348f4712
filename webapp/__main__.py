"""``python -m webapp``: the same commands as ``semailles``."""

from webapp import main

main()
