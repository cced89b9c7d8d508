from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "pamong.scoring"
    label = "scoring"
