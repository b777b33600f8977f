from django.db import migrations

BIGRAMS = """
CREATE FUNCTION huiyin_bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 2000 AS $$
    SELECT coalesce(array_agg(DISTINCT pair), '{}')
      FROM (SELECT letter || coalesce(lead(letter) OVER (ORDER BY place), '') AS pair
              FROM unnest(string_to_array(lower(words), NULL)) WITH ORDINALITY AS letters (letter, place)) pairs
$$;
"""


class Migration(migrations.Migration):
    """All pairs of neighbouring characters of a text, for indexes that find two-character Chinese words."""

    dependencies = [("foundation", "0002_settings_stamp")]

    operations = [migrations.RunSQL(BIGRAMS, "DROP FUNCTION huiyin_bigrams(text)")]
