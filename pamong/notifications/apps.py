from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "pamong.notifications"
    label = "notifications"
