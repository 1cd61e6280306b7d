"""What commands ask by, in the same time however many findings there are.

Parties in the order of storing, days ahead, words, and how many findings each topic has. The search index and
the counts follow their tables by triggers: no way of adding or dropping a finding can forget them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.terms import filed

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BATCH = 1000
_WORDS = sa.table("finding_words", sa.column("finding_id", sa.Integer()), sa.column("words", sa.Text()))

_SQLITE = (
    # Its own tokens, kept whole: our words are separated by spaces and hold letters and digits only.
    """CREATE VIRTUAL TABLE finding_search USING fts5(
        words, content='finding_words', content_rowid='finding_id',
        tokenize='ascii', detail='none', columnsize=0
    )""",
    """CREATE TRIGGER finding_words_added AFTER INSERT ON finding_words BEGIN
        INSERT INTO finding_search (rowid, words) VALUES (new.finding_id, new.words);
    END""",
    """CREATE TRIGGER finding_words_dropped AFTER DELETE ON finding_words BEGIN
        INSERT INTO finding_search (finding_search, rowid, words)
        VALUES ('delete', old.finding_id, old.words);
    END""",
    """CREATE TRIGGER finding_topics_added AFTER INSERT ON finding_topics BEGIN
        INSERT INTO topic_counts (topic, findings) VALUES (new.topic, 1)
        ON CONFLICT (topic) DO UPDATE SET findings = findings + 1;
    END""",
    """CREATE TRIGGER finding_topics_dropped AFTER DELETE ON finding_topics BEGIN
        UPDATE topic_counts SET findings = findings - 1 WHERE topic = old.topic;
    END""",
)
_POSTGRESQL = (
    "CREATE INDEX ix_finding_words_search ON finding_words USING gin (string_to_array(words, ' '))",
    """CREATE FUNCTION count_added_topics() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO topic_counts (topic, findings) SELECT topic, count(*) FROM added GROUP BY topic
        ON CONFLICT (topic) DO UPDATE SET findings = topic_counts.findings + excluded.findings;
        RETURN NULL;
    END $$""",
    """CREATE FUNCTION count_dropped_topics() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE topic_counts SET findings = findings - dropped_of.n
        FROM (SELECT topic, count(*) AS n FROM dropped GROUP BY topic) AS dropped_of
        WHERE topic_counts.topic = dropped_of.topic;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER finding_topics_added AFTER INSERT ON finding_topics
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_topics()""",
    """CREATE TRIGGER finding_topics_dropped AFTER DELETE ON finding_topics
        REFERENCING OLD TABLE AS dropped FOR EACH STATEMENT EXECUTE FUNCTION count_dropped_topics()""",
)

_TOLD = """
    SELECT f.id, f.bullet, f.place, s.headline,
        substr(s.text, f.evidence_start + 1, f.evidence_end - f.evidence_start),
        (SELECT string_agg(p.name || ' ' || p.slug, ' ') FROM finding_parties p WHERE p.finding_id = f.id),
        (SELECT string_agg(t.topic, ' ') FROM finding_topics t WHERE t.finding_id = f.id)
    FROM findings f JOIN stories s ON s.id = f.story_id
    WHERE f.id > :last ORDER BY f.id LIMIT :batch
"""


def upgrade() -> None:
    """Bring the database up to this revision."""
    _order_parties()
    op.create_index(
        "ix_findings_on", "findings", ["on", "id"],
        sqlite_where=sa.text('"on" IS NOT NULL'), postgresql_where=sa.text('"on" IS NOT NULL'),
    )  # fmt: skip
    op.create_index("ix_stories_cluster", "stories", ["cluster"])
    op.create_index("ix_stories_feed_first_stored", "stories", ["feed", "first_stored"])
    op.create_table(
        "topic_counts",
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("topic", name="pk_topic_counts"),
    )
    op.execute("INSERT INTO topic_counts SELECT topic, count(*) FROM finding_topics GROUP BY topic")
    op.create_table(
        "finding_words",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_finding_words_finding_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("finding_id", name="pk_finding_words"),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
    _file_words()


def _order_parties() -> None:
    op.execute(
        "CREATE TABLE parties_moved AS "
        "SELECT p.finding_id, p.rank, p.name, p.slug, p.kind, f.stored, f.position "
        "FROM finding_parties p JOIN findings f ON f.id = p.finding_id"
    )
    op.drop_table("finding_parties")
    op.create_table(
        "finding_parties", *_party_columns(), _when(), sa.Column("position", sa.Integer(), nullable=False)
    )
    op.create_index(
        "ix_finding_parties_newest",
        "finding_parties",
        ["slug", sa.text("stored DESC"), "position", "finding_id"],
    )
    op.execute("INSERT INTO finding_parties SELECT * FROM parties_moved")
    op.drop_table("parties_moved")


def _when() -> sa.Column[object]:
    return sa.Column("stored", sa.DateTime(timezone=True), nullable=False)


def _party_columns() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "slug", "kind")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_finding_parties_finding_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("finding_id", "rank", name="pk_finding_parties"),
    ]


def _file_words() -> None:
    """File what is there already, a thousand findings at a time."""
    last = 0
    told = sa.text(_TOLD)
    if op.get_bind().dialect.name == "sqlite":
        told = sa.text(_TOLD.replace("string_agg", "group_concat"))
    while rows := op.get_bind().execute(told, {"last": last, "batch": _BATCH}).all():
        last = rows[-1][0]
        op.bulk_insert(
            _WORDS,
            [
                {"finding_id": id_, "words": " ".join(filed(*(text or "" for text in texts)))}
                for id_, *texts in rows
            ],
        )


def downgrade() -> None:
    """Take the database back to the revision before."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("added", "dropped"):
        op.execute(f"DROP TRIGGER finding_topics_{name}" + ("" if sqlite else " ON finding_topics"))
        if not sqlite:
            op.execute(f"DROP FUNCTION count_{name}_topics()")
    if sqlite:
        op.execute("DROP TABLE finding_search")
    op.drop_table("finding_words")
    op.drop_table("topic_counts")
    op.drop_index("ix_stories_feed_first_stored", "stories")
    op.drop_index("ix_stories_cluster", "stories")
    op.drop_index("ix_findings_on", "findings")
    op.execute("CREATE TABLE parties_moved AS SELECT finding_id, rank, name, slug, kind FROM finding_parties")
    op.drop_table("finding_parties")
    op.create_table("finding_parties", *_party_columns())
    op.execute("INSERT INTO finding_parties SELECT * FROM parties_moved")
    op.drop_table("parties_moved")
