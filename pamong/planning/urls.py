"""Where planning lives, under the region's address."""

from django.urls import path

from pamong.planning.views import looking, plans, sending, supposing, tasks

app_name = "planning"

urlpatterns = [
    path("", plans.index, name="list"),
    path("baru/", plans.new, name="new"),
    path("celah/", looking.gaps, name="gaps"),
    path("upaya/", looking.efforts, name="efforts"),
    path("upaya/<slug:indicator>/", looking.effort, name="effort"),
    path("tugas/", tasks.index, name="tasks"),
    path("tugas/<int:pk>/", tasks.task, name="task"),
    path("tugas/<int:pk>/bagi/", tasks.assign, name="assign"),
    path("tugas/<int:pk>/selesai/", tasks.finish, name="finish"),
    path("tugas/<int:pk>/lepas/", tasks.drop, name="drop"),
    path("kiriman/", sending.portfolio, name="portfolio"),
    path("andai/", supposing.index, name="scenarios"),
    path("andai/baru/", supposing.new, name="suppose"),
    path("andai/banding/", supposing.compare, name="compare"),
    path("andai/<code:code>/", supposing.scenario, name="scenario"),
    path("andai/<code:code>/bagikan/", supposing.share, name="share"),
    path("andai/<code:code>/buang/", supposing.discard, name="discard"),
    path("andai/<code:code>/tingkat/<str:item>/", supposing.levels, name="levels"),
    path("<code:code>/", plans.plan, name="plan"),
    path("<code:code>/batal/", plans.cancel, name="cancel"),
    path("<code:code>/sepakati/", plans.agree, name="agree"),
]
