from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "pamong.agencies"
    label = "agencies"
