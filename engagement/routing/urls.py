"""The moderators' page of one experience, below the queue."""

from django.urls import path

from engagement.routing import views

app_name = "routing"
urlpatterns = [
    path("experience/<str:reference>/", views.experience, name="experience"),
    path("experience/<str:reference>/move/", views.move, name="move"),
    path("experience/<str:reference>/themes/", views.retag, name="retag"),
    path("experience/<str:reference>/original/", views.original, name="original"),
]
