"""Reads a message as a reply to one of the shipped forms, beside last month's figures and this year's sums."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.checkins.library import shipped_forms
from services.checkins.reading.understanding import understand
from services.periods import Period

FORMS = shipped_forms()
NOW = datetime(2026, 12, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PREVIOUS = {
    "school": {
        "enrolled_students": 8000,
        "coop_enterprises": 100,
        "coop_agreements_new": 2,
        "order_class_students": 300,
        "interns_on_post": 1000,
        "interns_local": 400,
        "interns_in_members": 200,
        "training_person_times": 500,
        "teacher_practice_days": 80,
        "tech_service_income_wan": 6,
    },
    "enterprise": {
        "intern_posts_offered": 90,
        "interns_hosted": 60,
        "interns_from_members": 40,
        "hires_vocational": 10,
        "hires_local_schools": 6,
        "vacancies_open": 50,
        "order_class_sponsored": 30,
        "mentors_person_times": 8,
        "staff_trained_times": 70,
        "invest_cash_wan": 12,
        "invest_inkind_wan": 4,
        "tech_needs_new": 1,
        "tech_needs_closed": 1,
    },
    "bureau": {"visits_enterprises": 5, "demands_received": 4, "task_progress[2]": 50},
    "association": {"members_total": 40, "members_new": 1},
}
YEAR: dict[str, dict[str, float]] = {
    "school": {
        "training_person_times": 5000,
        "tech_service_income_wan": 60,
        "coop_agreements_new": 20,
        "teacher_practice_days": 800,
    },
    "enterprise": {"hires_vocational": 90, "invest_cash_wan": 120, "staff_trained_times": 700},
    "bureau": {},
    "association": {},
}


def read(form, text, period="2026-11", **more):
    return understand(
        text,
        form=FORMS.current(form),
        period=Period.of(period),
        now=NOW,
        previous=PREVIOUS[form],
        ytd_before=YEAR[form],
        **more,
    )


def values(form, text, period="2026-11", **more):
    reading = read(form, text, period, **more)
    return {
        key: float(item.value) if item.value is not None else item.state.value for key, item in reading.items.items()
    }
