import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes that others begin with go."""

    dependencies = [
        ("customers", "0004_one_bigrams"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="customer",
            name="customer_number_start",
        ),
        migrations.AlterField(
            model_name="address",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="addresses",
                to="customers.customer",
            ),
        ),
        migrations.AlterField(
            model_name="customer",
            name="home_store",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="customers",
                to="organisation.store",
            ),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purchases",
                to="customers.customer",
            ),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="store",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purchases",
                to="organisation.store",
            ),
        ),
        migrations.AlterField(
            model_name="purchaseline",
            name="purchase",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="customers.purchase",
            ),
        ),
    ]
