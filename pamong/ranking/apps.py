from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "pamong.ranking"
    label = "ranking"

    def ready(self) -> None:
        from pamong.planning import ranks
        from pamong.ranking.toward import ANSWERS

        ranks.answered_by(ANSWERS)
