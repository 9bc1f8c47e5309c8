"""Quality and speed of reading check-in messages.

    python benchmarks/checkins_parse.py CASES.jsonl [--rounds 5] [--show 5]

CASES holds lines ``{"id","form","period","now","previous","ytd_before","text","expect":{…}}``. Prints one JSON object:
the share of keys read right, cases with an invented value, F1 of confirmations and rejections, and milliseconds per
message (one process, forms loaded, first message excluded).
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

from services.checkins.reading.batch import parse_case


def main() -> None:
    """Read the cases, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cases", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--show", type=int, default=0, help="print the first N cases that differ")
    chosen = options.parse_args()
    cases = [json.loads(line) for line in chosen.cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    readings = [parse_case(case) for case in cases]
    report = quality(cases, readings, chosen.show) | speed(cases, chosen.rounds)
    print(json.dumps(report, ensure_ascii=False, indent=1))


def quality(cases, readings, show):
    """Shares of keys, values and codes that agree with what is expected."""
    keys = right = wrong = inventing = whole = 0
    codes = {"confirm": [0, 0, 0], "reject": [0, 0, 0]}
    for case, reading in zip(cases, readings, strict=True):
        want, got = case["expect"]["items"], reading["items"]
        good = sum(got.get(key) == item for key, item in want.items())
        extra = [key for key, item in got.items() if key not in want and item["value"] is not None]
        wrong += sum(1 for key, item in want.items() if (got.get(key) or {}).get("value") not in (None, item["value"]))
        keys, right, inventing = keys + len(want), right + good, inventing + bool(extra)
        for name, counts in codes.items():
            expected, found = set(case["expect"].get(name, [])), set(reading[name])
            for n, part in enumerate((expected & found, found - expected, expected - found)):
                counts[n] += len(part)
        same = good == len(want) and not extra and case["expect"]["intent"] == reading["intent"]
        whole += same
        if not same and show > 0:
            show -= 1
            print(json.dumps({"case": case, "reading": reading}, ensure_ascii=False), file=sys.stderr)
    return {
        "cases": len(cases),
        "keys": keys,
        "keys_right": round(right / keys, 4),
        "keys_wrong_value": round(wrong / keys, 4),
        "cases_inventing": round(inventing / len(cases), 4),
        "cases_whole": round(whole / len(cases), 4),
    } | {f"{name}_f1": round(f1(*counts), 4) for name, counts in codes.items()}


def f1(hits, extra, missed):
    """The harmonic mean of precision and recall; 1 where nothing was to be found."""
    return 2 * hits / (2 * hits + extra + missed) if hits + extra + missed else 1.0


def speed(cases, rounds):
    """Milliseconds per message: median, 95th percentile, worst."""
    spent = []
    for _ in range(rounds):
        for case in cases:
            begun = time.perf_counter()
            parse_case(case)
            spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return {
        "ms_median": round(statistics.median(spent), 3),
        "ms_p95": round(spent[int(len(spent) * 0.95)], 3),
        "ms_max": round(spent[-1], 3),
    }


if __name__ == "__main__":
    main()
