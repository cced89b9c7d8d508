from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "pamong.assessments"
    label = "assessments"
