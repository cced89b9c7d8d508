from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "pamong.ranking"
    label = "ranking"
