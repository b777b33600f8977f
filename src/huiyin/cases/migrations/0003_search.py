from django.db import migrations

INDEX = """
CREATE INDEX case_words ON cases_case USING gin (huiyin_bigrams(title || E'\\n' || description || E'\\n' || product_name));
"""


class Migration(migrations.Migration):
    """Any words of a case's title, description or product find it."""

    dependencies = [("cases", "0002_shipped"), ("foundation", "0003_bigrams")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX case_words")]
