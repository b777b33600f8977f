from django.db import migrations, models
from django.db.models import Q

FREEZE = """
    CREATE FUNCTION questionnaires_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_TABLE_NAME = 'questionnaires_question' THEN
            IF EXISTS (SELECT 1 FROM questionnaires_questionnaire q WHERE q.published_at IS NOT NULL
                         AND q.id = CASE TG_OP WHEN 'INSERT' THEN NEW.questionnaire_id ELSE OLD.questionnaire_id END) THEN
                RAISE EXCEPTION 'a published questionnaire never changes';
            END IF;
        ELSIF OLD.published_at IS NOT NULL
              AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state') THEN
            RAISE EXCEPTION 'a published questionnaire never changes';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON questionnaires_questionnaire
        FOR EACH ROW EXECUTE FUNCTION questionnaires_keep_published();
    CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_question
        FOR EACH ROW EXECUTE FUNCTION questionnaires_keep_published();
"""
THAW = """
    DROP TRIGGER keep_published ON questionnaires_question;
    DROP TRIGGER keep_published ON questionnaires_questionnaire;
    DROP FUNCTION questionnaires_keep_published();
"""
DATE = "UPDATE questionnaires_questionnaire SET published_at = now() WHERE state = 'published'"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_scores")]
    operations = [
        migrations.AddField("question", "measure", models.CharField(blank=True, max_length=20)),
        migrations.AddField("question", "only_if", models.JSONField(blank=True, null=True)),
        migrations.AddField("questionnaire", "published_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "questionnaire", "remind_after_days", models.PositiveSmallIntegerField(blank=True, default=3, null=True)
        ),
        migrations.AddField("questionnaire", "repeat_days", models.PositiveSmallIntegerField(default=7)),
        migrations.AddField("asking", "checked_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "asking",
            models.Index(
                condition=Q(state="complete", checked_at=None), fields=["completed_at"], name="asking_unchecked"
            ),
        ),
        migrations.AddField("asking", "reminded_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("asking", "unsent", models.CharField(blank=True, db_default="", max_length=20)),
        migrations.AddConstraint(
            "questionnaire",
            models.UniqueConstraint(condition=Q(state="draft"), fields=("code",), name="questionnaire_one_draft"),
        ),
        migrations.RunSQL(DATE, migrations.RunSQL.noop),
        migrations.RunSQL(FREEZE, THAW),
    ]
