"""Addresses of /share/ and /receipt/. No receipt, reference or word of anybody is ever in one."""

from django.urls import path, register_converter

from engagement.experiences import journey, receipt_views, views

app_name = "experiences"


class StepConverter:
    """The names of the journey's questions, so that a call may have any other address."""

    regex = "|".join((*journey.NAMES, rf"{journey.QUESTION}[1-9]\d?"))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(StepConverter, "step")

urlpatterns = [
    path("share/", views.start, name="start"),
    path("share/before/", views.care, name="care"),
    path("share/check/", views.check, name="check"),
    path("share/who-sees/", views.who_sees, name="who-sees"),
    path("share/saved/", views.saved, name="saved"),
    path("share/delete/", views.delete, name="delete"),
    path("share/finish/", views.finish, name="finish"),
    path("share/cleared/", views.cleared, name="cleared"),
    path("share/leave/", views.leave, name="leave"),
    path("share/<step:step>/", views.step, name="step"),
    path("share/<slug:call>/", views.start, name="start"),
    path("share/<slug:call>/before/", views.care, name="care"),
    path("share/<slug:call>/check/", views.check, name="check"),
    path("share/<slug:call>/<step:step>/", views.step, name="step"),
    path("receipt/", receipt_views.open_receipt, name="receipt"),
    path("receipt/go-on/", receipt_views.go_on, name="receipt-go-on"),
    path("receipt/story/", receipt_views.story, name="receipt-story"),
    path("receipt/story/reply/", receipt_views.reply, name="receipt-reply"),
    path("receipt/story/answered/", receipt_views.answered, name="receipt-answered"),
    path("receipt/story/withdraw/", receipt_views.withdraw, name="receipt-withdraw"),
    path("receipt/close/", receipt_views.close, name="receipt-close"),
]
