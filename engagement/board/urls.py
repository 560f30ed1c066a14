"""Addresses of the board's room, under /board/."""

from django.urls import path

from engagement.board import views

app_name = "board"
urlpatterns = [
    path("", views.start, name="start"),
    path("decisions/", views.decisions, name="decisions"),
    path("insights/<int:pk>/", views.insight, name="insight"),
    path("insights/<int:pk>/decide/", views.decide, name="decide"),
    path("theme/<slug:slug>/", views.theme_desk, name="theme"),
    path("theme/<slug:slug>/rows/", views.theme_rows, name="theme_rows"),
    path("theme/<slug:slug>/<int:pk>/", views.theme_referral, name="theme_referral"),
    path("<slug:slug>/", views.desk, name="desk"),
    path("<slug:slug>/rows/", views.rows, name="rows"),
    path("<slug:slug>/group/", views.group, name="group"),
    path("<slug:slug>/insights/", views.insight_rows, name="insight_rows"),
    path("<slug:slug>/<int:pk>/", views.referral, name="referral"),
]
