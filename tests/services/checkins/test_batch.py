"""The batch format, and the measured quality where the measuring data lies beside the checkout."""

import json
from pathlib import Path

import pytest

from services.checkins.reading.batch import parse_case

CASES = Path(__file__).parents[4] / "shared" / "eval" / "checkins_dev.jsonl"


def test_one_case_gives_plain_json_values():
    case = {
        "id": "x1",
        "form": "enterprise",
        "period": "2026-11",
        "now": "2026-12-02T09:00:00+08:00",
        "text": "缺口大概50，现金2.5万，新招0",
        "previous": {},
        "ytd_before": {},
    }
    assert json.loads(json.dumps(parse_case(case))) == {
        "id": "x1",
        "intent": "submit",
        "items": {
            "vacancies_open": {"value": 50, "state": "filled", "approx": True},
            "invest_cash_wan": {"value": 2.5, "state": "filled", "approx": False},
            "hires_vocational": {"value": 0, "state": "zero", "approx": False},
        },
        "confirm": [],
        "reject": [],
    }


@pytest.mark.shared
@pytest.mark.skipif(not CASES.exists(), reason="the measuring data is not beside this checkout")
def test_measured_quality_holds():
    keys = right = inventing = cases = 0
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        got, want = parse_case(case)["items"], case["expect"]["items"]
        cases += 1
        keys += len(want)
        right += sum(got.get(key) == item for key, item in want.items())
        inventing += any(key not in want and item["value"] is not None for key, item in got.items())
    assert right / keys >= 0.95
    assert inventing / cases <= 0.01
