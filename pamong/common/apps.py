from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "pamong.common"
    label = "common"
