from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "pamong.assessments"
    label = "assessments"

    def ready(self) -> None:
        from pamong.assessments import panels
        from pamong.common import places

        places.fill("inbox", panels.inbox)
