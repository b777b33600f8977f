from django.db import migrations

FORTH = """
CREATE INDEX customer_name_pairs ON customers_customer USING gin (huiyin_bigrams(name)) WHERE merged_into_id IS NULL;
DROP INDEX customer_name_bigrams;
DROP FUNCTION customers_bigrams(text);
"""
BACK = """
CREATE FUNCTION customers_bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT DISTINCT substr(lower(words), i, 2)
                   FROM generate_series(1, greatest(char_length(words) - 1, 1)) i)
$$;
CREATE INDEX customer_name_bigrams ON customers_customer USING gin (customers_bigrams(name)) WHERE merged_into_id IS NULL;
DROP INDEX customer_name_pairs;
"""


class Migration(migrations.Migration):
    """Names are found by the pairs of the foundation, like every other text."""

    dependencies = [("customers", "0003_by_tier"), ("foundation", "0004_short_bigrams")]

    operations = [migrations.RunSQL(FORTH, BACK)]
