from django.db import migrations

BIGRAMS = """
CREATE OR REPLACE FUNCTION customers_bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT DISTINCT substr(lower(words), i, 2)
                   FROM generate_series(1, greatest(char_length(words) - 1, 1)) i)
$$;
CREATE INDEX customer_name_bigrams ON customers_customer USING gin (customers_bigrams(name)) WHERE merged_into_id IS NULL;
"""
AWAY = "DROP INDEX IF EXISTS customer_name_bigrams; DROP FUNCTION IF EXISTS customers_bigrams(text);"


class Migration(migrations.Migration):
    """Any two neighbouring characters of a name find it, so that two-character Chinese words are fast."""

    dependencies = [("customers", "0001_initial")]

    operations = [migrations.RunSQL(BIGRAMS, AWAY)]
