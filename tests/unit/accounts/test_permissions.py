"""The permission table against what was decided, written once more by hand."""

import pytest

from webapp.accounts.models import Role
from webapp.accounts.permissions import PERMISSIONS, Principal, Scope, is_open
from webapp.platform.actions import Action

# E everywhere, O one's own groups or link, S what one sent oneself, - never.
#                 admin comm facil obs table stand agenda token anyone
EXPECTED = """
read              E E E E E E E E E
sign_in           E E E E E E E E E
speak             E E E E E E E E E
support           - - - - - - - O -
follow            - - - - - - - O -
write_notes       - - - - O - - - -
read_stand        - - - - - O - - -
read_calendar     - - - - - - O - -
open_desk         E E O - - - - - -
run_workshop      E E O - - - - - -
print             E E O - - - - - -
key_paper         E E O - - - - - -
import_texts      E E O - - - - - -
run_survey        E E O - - - - - -
moderate          E E O - - - - - -
review            E E O - - - - - -
analyse           E E O - - - - - -
write_item        E E O - - - - - -
adopt_item        E E - - - - - - -
read_committee    E E - E - - - - -
hold_meeting      E E - - - - - - -
steer             E E - - - - - - -
publish           E E - - - - - - -
make_documents    S S - - - - - - -
set_models        E E - - - - - - -
set_lists         E E - - - - - - -
set_programme     E E - - - - - - -
open_reactions    E E - - - - - - -
take_up           E E - - - - - - -
restore           E E - - - - - - -
administer        E - - - - - - - -
keep_account      S S S S - - - - -
enrol             S S S S - - - - -
"""
LETTERS = {"E": Scope.EVERYWHERE, "O": Scope.OWN, "S": Scope.SENT, "-": Scope.NEVER}
ROWS = {name: letters for name, *letters in map(str.split, EXPECTED.strip().splitlines())}


def test_every_action_has_its_row():
    assert set(ROWS) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_the_table_says_what_was_decided(action):
    said = tuple(PERMISSIONS[action][principal] for principal in Principal)
    assert said == tuple(LETTERS[letter] for letter in ROWS[action])


def test_nobody_can_change_the_table():
    with pytest.raises(TypeError):
        PERMISSIONS[Action.STEER][Principal.OBSERVER] = Scope.EVERYWHERE
    with pytest.raises(TypeError):
        PERMISSIONS[Action.STEER] = {}


def test_an_observer_reads_and_changes_nothing_but_their_own_account():
    opened = {a for a in Action if PERMISSIONS[a][Principal.OBSERVER] is not Scope.NEVER}
    assert {action for action in opened if not is_open(action)} == {
        Action.READ_COMMITTEE,
        Action.KEEP_ACCOUNT,
        Action.ENROL,
    }


def test_every_role_is_a_column():
    assert {role.value for role in Role} < {principal.value for principal in Principal}
