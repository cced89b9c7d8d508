"""Simulations become their maker's own until shared; those made so far were seen by all who read the region, and stay so."""

from django.db import migrations, models


def keep_shared(apps, schema_editor):
    apps.get_model("ranking", "Run").objects.filter(kind="composite").update(shared=True)


class Migration(migrations.Migration):
    dependencies = [("ranking", "0003_run")]

    operations = [
        migrations.AddField("run", "shared", models.BooleanField(default=False)),
        migrations.AddField(
            "series",
            "invented",
            models.BooleanField(default=False, help_text="Example data; every page that shows it says so."),
        ),
        migrations.AlterField(
            "run",
            "kind",
            models.CharField(
                choices=[
                    ("robustness", "Kekokohan peringkat"),
                    ("forecast", "Prakiraan peringkat"),
                    ("composite", "Simulasi indeks komposit"),
                    ("nation", "Kekokohan peringkat semua daerah"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(keep_shared, migrations.RunPython.noop),
    ]
