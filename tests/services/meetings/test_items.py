from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.errors import NotAllowed
from services.lights import Colour
from services.meetings.errors import IllegalMove, NoQuorumRule, OwnWork
from services.meetings.rules.counting import ItemRecord, completion, quorum, votes_needed
from services.meetings.rules.followup import follow_ups, reminded_on
from services.meetings.rules.lights import Condition, ItemFacts, ItemLights, legend, light_of
from services.meetings.rules.states import Actor, ItemAction, ItemRole, ItemState, act, actions_from
from services.meetings.settings import MeetingSettings

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = QuietHours(QuietHoursSettings(), Workdays(), SHANGHAI)
OWNER = Actor(1, frozenset({ItemRole.OWNER}))
HELPER = Actor(2, frozenset({ItemRole.CO_OWNER}))
SECRETARY = Actor(3, frozenset({ItemRole.SECRETARIAT}))
CONVENER = Actor(4, frozenset({ItemRole.CONVENER}))
DUE = date(2026, 12, 22)
A, S = ItemAction, ItemState


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


def test_an_item_travels_from_issue_to_closing():
    state = S.OPEN
    for action, actor in [
        (A.ACKNOWLEDGE, OWNER),
        (A.PROGRESS, OWNER),
        (A.REQUEST_EXTENSION, OWNER),
        (A.GRANT_EXTENSION, CONVENER),
        (A.REPORT_DONE, OWNER),
        (A.RETURN, SECRETARY),
        (A.REPORT_DONE, OWNER),
        (A.CLOSE, SECRETARY),
    ]:
        state = act(state, action, actor, asked_by=OWNER.person_id)
    assert state is S.VERIFIED_CLOSED


@pytest.mark.parametrize("state", list(S))
def test_nobody_but_the_secretariat_closes_in_any_state(state):
    for actor in (OWNER, HELPER, CONVENER):
        with pytest.raises(NotAllowed):
            act(state, A.CLOSE, actor)


def test_secretary_does_not_verify_its_own_report():
    with pytest.raises(OwnWork):
        act(S.REPORTED_DONE, A.CLOSE, SECRETARY, asked_by=SECRETARY.person_id)


def test_item_cannot_be_closed_before_it_is_reported():
    with pytest.raises(IllegalMove) as refusal:
        act(S.IN_PROGRESS, A.CLOSE, SECRETARY)
    assert A.CANCEL in refusal.value.facts["allowed"]
    assert A.CLOSE not in refusal.value.facts["allowed"]


def test_extension_is_decided_by_those_the_settings_name():
    assert act(S.EXTENSION_REQUESTED, A.GRANT_EXTENSION, SECRETARY) is S.EXTENDED
    assert act(S.EXTENDED, A.PROGRESS, OWNER) is S.EXTENDED
    with pytest.raises(NotAllowed):
        act(S.EXTENSION_REQUESTED, A.GRANT_EXTENSION, SECRETARY, approvers=("convener",))
    with pytest.raises(NotAllowed):
        act(S.EXTENSION_REQUESTED, A.GRANT_EXTENSION, OWNER)


def test_offered_actions_are_exactly_those_that_succeed():
    for state, action, actor in product(S, A, (OWNER, HELPER, SECRETARY, CONVENER)):
        try:
            act(state, action, actor)
            succeeded = True
        except (NotAllowed, IllegalMove):
            succeeded = False
        assert succeeded is (action in actions_from(state, actor.roles))


def test_helpers_may_not_move_an_item_and_settled_ones_only_reopen():
    assert all(actions_from(state, HELPER.roles) == () for state in S)
    assert actions_from(S.VERIFIED_CLOSED, SECRETARY.roles) == (A.REOPEN,)
    assert actions_from(S.CANCELLED, OWNER.roles) == ()


@pytest.mark.parametrize(
    ("as_of", "facts", "condition", "colour"),
    [
        (date(2026, 12, 1), {}, Condition.ON_TRACK, Colour.GREEN),
        (date(2026, 12, 15), {}, Condition.NEAR_DUE, Colour.BLUE),
        (DUE, {}, Condition.NEAR_DUE, Colour.BLUE),
        (date(2026, 12, 23), {}, Condition.LONG_OVERDUE, Colour.RED),
        (date(2026, 12, 12), {"percent": 30}, Condition.BEHIND, Colour.YELLOW),
        (date(2026, 12, 12), {"percent": 60}, Condition.ON_TRACK, Colour.GREEN),
        (date(2026, 12, 1), {"returned": True}, Condition.BEHIND, Colour.YELLOW),
        (date(2026, 12, 30), {"closed": True}, Condition.DONE, Colour.GREEN),
        (date(2026, 12, 30), {"cancelled": True}, Condition.CANCELLED, Colour.WHITE),
        (date(2026, 12, 30), {"due_on": None}, Condition.NO_DUE, Colour.WHITE),
    ],
)
def test_lights_of_an_item(as_of, facts, condition, colour):
    item = ItemFacts(**{"opened_on": date(2026, 12, 2), "due_on": DUE, "near_on": date(2026, 12, 15), **facts})
    light = light_of(item, ItemLights(), as_of)
    assert (light.condition, light.colour) == (condition, colour)


def test_an_item_is_near_from_the_day_of_its_first_reminder():
    for due_on in (date(2026, 10, 16), date(2026, 11, 13), DUE):
        first = follow_ups(date(2026, 8, 3), due_on, MeetingSettings(), HOURS)[0]
        near_on = reminded_on(due_on, MeetingSettings().near_due_workdays, Workdays())
        assert first.at.astimezone(SHANGHAI).date() == near_on
        item = ItemFacts(date(2026, 8, 3), due_on, near_on=near_on)
        assert light_of(item, ItemLights(), near_on).colour is Colour.BLUE
        assert light_of(item, ItemLights(), near_on - timedelta(days=1)).colour is Colour.GREEN


def test_light_scheme_is_a_setting_and_its_legend_says_so():
    scheme = ItemLights(long_overdue_days=5, overdue=Colour.ORANGE)
    item = ItemFacts(date(2026, 12, 2), DUE)
    assert light_of(item, scheme, DUE + timedelta(days=5)).colour is Colour.ORANGE
    assert light_of(item, scheme, DUE + timedelta(days=6)).colour is Colour.RED
    entries = {entry.condition: entry for entry in legend(scheme, 3)}
    assert entries[Condition.NEAR_DUE].number == 3
    assert entries[Condition.OVERDUE].colour is Colour.ORANGE
    assert Condition.OVERDUE not in {entry.condition for entry in legend(ItemLights(), 0)}


@pytest.mark.parametrize(("members", "needed"), [(9, 6), (10, 7), (1, 1), (3, 2), (23, 16)])
def test_council_needs_two_thirds(members, needed):
    settings = MeetingSettings()
    assert quorum(members, needed, 0, settings).reached
    assert not quorum(members, needed - 1, 0, settings).reached
    assert votes_needed(members, settings) == needed


def test_substitutes_count_only_where_they_do():
    assert quorum(9, 4, 2, MeetingSettings()).reached
    assert not quorum(9, 4, 2, MeetingSettings(substitutes_count=False)).reached
    assert quorum(9, 5, 0, MeetingSettings(quorum="1/2")).reached
    with pytest.raises(NoQuorumRule):
        quorum(0, 0, 0, MeetingSettings())


def test_completion_counts_add_up_and_cancelled_items_leave():
    items = [
        ItemRecord(S.VERIFIED_CLOSED, DUE, date(2026, 12, 20)),
        ItemRecord(S.VERIFIED_CLOSED, DUE, date(2026, 12, 28)),
        ItemRecord(S.IN_PROGRESS, DUE),
        ItemRecord(S.REPORTED_DONE, date(2027, 3, 1)),
        ItemRecord(S.CANCELLED, DUE),
    ]
    later = completion(items, date(2027, 1, 5))
    assert (later.total, later.counted, later.closed, later.in_time, later.overdue, later.ongoing) == (5, 4, 2, 1, 1, 1)
    assert later.rate == Fraction(1, 2)
    earlier = completion(items, date(2026, 12, 25))
    assert (earlier.closed, earlier.overdue) == (1, 2)
    assert completion([], DUE).rate is None


def test_owner_is_reminded_twice_and_delay_goes_to_the_secretariat():
    found = follow_ups(date(2026, 12, 1), DUE, MeetingSettings(), HOURS)
    assert [(f.key, f.at, f.to_secretariat, f.unless_progress) for f in found] == [
        ("due-7", at(2026, 12, 11, 9), False, False),
        ("due-1", at(2026, 12, 21, 9), False, True),
        ("overdue", at(2026, 12, 23, 9), True, False),
    ]


def test_item_issued_late_or_due_on_a_day_off_is_reminded_sensibly():
    short = follow_ups(date(2026, 12, 18), DUE, MeetingSettings(), HOURS)
    assert [f.key for f in short] == ["due-1", "overdue"]
    holiday = follow_ups(date(2026, 9, 1), date(2026, 10, 3), MeetingSettings(), HOURS)
    assert holiday[-1].at == at(2026, 10, 9, 9)
    assert holiday[-2].at == at(2026, 9, 30, 9)
