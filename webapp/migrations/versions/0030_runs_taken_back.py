"""A run can be taken back whole: an act of the review of its own."""

from alembic import op

from webapp.migrations.append_only import let_erase, protect

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

EARLIER = (
    *("accept", "reopen", "rename", "attach", "promote", "summarise", "merge", "split", "move"),
    *("isolate", "dissolve", "set_aside", "cut", "undo", "redo"),
)
# What of an act never changes, and the words that an erasure may take from it (migration 0017).
FIXED = ("id", "working_group_id", "cluster_id", "excerpt_id", "actor_id", "act", "done_at")
WORDS = ("reason", "before", "after")


def upgrade() -> None:
    _allow_acts((*EARLIER, "take_back"))


def downgrade() -> None:
    # The earlier schema has no word for it; its moves and edits are those of dissolutions.
    command = "UPDATE review_action SET act = 'dissolve' WHERE act = 'take_back'"
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER review_action_no_update")
        op.execute(command)
    else:
        op.execute("ALTER TABLE review_action DISABLE TRIGGER review_action_no_update")
        op.execute(command)
        op.execute("ALTER TABLE review_action ENABLE TRIGGER review_action_no_update")
    _allow_acts(EARLIER)


def _allow_acts(acts: tuple[str, ...]) -> None:
    """Constrain the column to ``acts``. SQLite copies the table, which loses its triggers."""
    words, name = ", ".join(f"'{act}'" for act in acts), op.f("ck_review_action_act")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "review_action", type_="check")
        op.create_check_constraint(name, "review_action", f"act IN ({words})")
        return
    with op.batch_alter_table("review_action", recreate="always") as batch:
        batch.create_check_constraint(name, f"act IN ({words})")
    protect(["review_action"])
    let_erase("review_action", fixed=FIXED, words=WORDS)
