from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "pamong.evidence"
    label = "evidence"
