"""An offer as facts for a text: JSON types only, names of codes looked up."""

from datetime import date
from typing import Any

from services.digests.figures.small_cells import SMALLEST
from services.models import DemandPost, SupplyBatch
from services.supply.catalogue import Catalogue
from services.supply.fields import Offer, kind_of, missing_fields


def offer_values(offer: Offer, catalogue: Catalogue, *, is_masked: bool = False) -> dict[str, Any]:
    """Everything that a card may show; days are ISO, what is open is None or empty.

    Masked, a school's count of one to four is shown as 「<5」: so few could be named (domain R2).
    """
    majors = [catalogue.name(code) for code in offer.majors]
    shared = {
        "kind": kind_of(offer).name,
        "id": offer.id,
        "unit": offer.unit.name,
        "state": offer.state,
        "headcount": offer.headcount,
        "majors": majors,
        "major_said": offer.major_said,
        "level": offer.level,
        "certs": list(offer.certs),
        "is_public": offer.is_public,
        "valid_to": _iso(offer.valid_to),
        "version": offer.version,
        "missing": missing_fields(offer),
    }
    if isinstance(offer, DemandPost):
        return shared | _post(offer)
    if is_masked:
        shared["headcount"] = _masked(offer.headcount)
    return shared | _batch(offer, is_masked) | {"name": "、".join(majors) or offer.major_said}


def _post(post: DemandPost) -> dict[str, Any]:
    return {
        "name": post.post_name,
        "form": post.form,
        "start_from": _iso(post.start_from),
        "start_to": _iso(post.start_to),
        "months": post.months,
        "place": post.place,
        "pay_min": post.pay_min,
        "pay_max": post.pay_max,
        "conditions": post.conditions,
    }


def _batch(batch: SupplyBatch, is_masked: bool) -> dict[str, Any]:
    return {
        "class_year": batch.class_year,
        "grad_date": _iso(batch.grad_date),
        "intern_from": _iso(batch.intern_from),
        "intern_to": _iso(batch.intern_to),
        "locked": None if is_masked else batch.locked,
        "further": None if is_masked else batch.further,
        "available": _masked(batch.available) if is_masked else batch.available,
    }


def _masked(count: int | None) -> int | str | None:
    return f"<{SMALLEST}" if count and count < SMALLEST else count


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
