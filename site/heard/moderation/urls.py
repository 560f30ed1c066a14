"""The moderators' desk. What each kind of thing looks like is in its own room."""

from django.urls import path

from heard.moderation import views

app_name = "moderation"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("rows/", views.rows, name="rows"),
    path("items/<uuid:item_id>/", views.open_item, name="item"),
    path("items/<uuid:item_id>/take/", views.take, name="take"),
    path("items/<uuid:item_id>/let-go/", views.let_go, name="let_go"),
]
