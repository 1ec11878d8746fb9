"""Addresses of the meetings and of the decision register."""

from __future__ import annotations

from django.urls import path

from bywhen.meetings.views import (
    candidates,
    decisions,
    feeds,
    judging,
    listing,
    objecting,
    planning,
    review,
    saving,
    together,
)

app_name = "meetings"
urlpatterns = [
    path("meetings/", listing.meetings, name="list"),
    path("meetings/plan/", planning.plan, name="plan"),
    path("meetings/planned/<int:pk>/", planning.planned, name="planned"),
    path("meetings/planned/<int:pk>/agenda/", planning.agenda, name="agenda"),
    path("meetings/planned/<int:pk>/<slug:name>/", planning.step, name="step"),
    path("feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("meetings/<int:pk>/", review.review, name="review"),
    path("meetings/<int:pk>/changes/", together.changes, name="changes"),
    path("meetings/items/<int:pk>/", judging.item, name="item"),
    path("meetings/items/<int:pk>/evidence/", judging.evidence, name="evidence"),
    path("meetings/items/<int:pk>/save/", saving.save, name="save"),
    path("meetings/items/<int:pk>/accept/", judging.accept, name="accept"),
    path("meetings/<int:pk>/candidates/", candidates.candidates, name="candidates"),
    path("meetings/<int:pk>/candidates/<str:item>/propose/", candidates.propose, name="propose"),
    path("meetings/items/<int:pk>/merge/", judging.merge, name="merge"),
    path("meetings/items/<int:pk>/reject/", judging.reject, name="reject"),
    path("meetings/items/<int:pk>/undo/", judging.undo, name="undo"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/options/", objecting.options, name="options"),
    path("decisions/<int:pk>/window/", objecting.window, name="window"),
    path("decisions/<int:pk>/object/", objecting.raising, name="object"),
    path("decisions/objections/<int:pk>/answer/", objecting.answering, name="answer"),
    path("decisions/objections/<int:pk>/reopen/", objecting.reopening, name="reopen"),
    path("decisions/objections/<int:pk>/take-back/", objecting.taking_back, name="take_back"),
    path("decisions/<int:pk>/supersede/", decisions.change, {"step": "supersede"}, name="supersede"),
    path("decisions/<int:pk>/withdraw/", decisions.change, {"step": "withdraw"}, name="withdraw"),
    path("decisions/<int:pk>/restore/", decisions.change, {"step": "restore"}, name="restore"),
]
