"""A person with only a keyboard: what they press, and nothing else."""

FAR = 400  # how many stops a person would make before giving up


def go_to(page, wanted, key="Tab"):
    """Press Tab until ``wanted`` has the focus, once the page's scripts hear letters."""
    page.wait_for_load_state("load")
    for _ in range(FAR):
        if wanted.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached with the keyboard")


def press(page, wanted, key="Enter"):
    """Go to a control and use it."""
    go_to(page, wanted)
    page.keyboard.press(key)


def write(page, wanted, words):
    """Go to a field and replace what it says."""
    go_to(page, wanted)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
