from django.apps import AppConfig


class InnovationsConfig(AppConfig):
    name = "pamong.innovations"
    label = "innovations"
