from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "pamong.dashboards"
    label = "dashboards"
