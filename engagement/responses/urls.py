"""Addresses of this room: publishing stands beside the board's own pages, under /board/."""

from django.urls import path

from engagement.responses import views

app_name = "responses"
urlpatterns = [path("decisions/<int:pk>/publish/", views.publish, name="publish")]
