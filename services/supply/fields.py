"""Which fields a post and a batch have, which of them are asked for, and what may be chosen."""

from dataclasses import dataclass
from typing import Any

from services.models import DemandPost, SupplyBatch
from services.supply.catalogue import ANY_LEVEL

TRAINING_FORMS = ("实习", "订单班", "学徒")
FORMS = ("录用", *TRAINING_FORMS)
POST_LEVELS = ("中职", "高职专科", "本科", ANY_LEVEL)
BATCH_LEVELS = ("中职", "技工", "高职专科", "职业本科")
STANDING = ("open", "partly")

Offer = DemandPost | SupplyBatch


@dataclass(frozen=True)
class Kind:
    """One of the two sides: whose it is, what is kept of it, what may be changed on its card."""

    name: str
    model: Any  # DemandPost or SupplyBatch
    unit_kind: str
    kept: tuple[str, ...]
    editable: tuple[str, ...]


NEED = Kind(
    "need",
    DemandPost,
    "enterprise",
    (
        *("post_name", "post_type", "headcount", "majors", "major_said", "level", "form", "start_from", "start_to"),
        *("months", "place", "pay_min", "pay_max", "certs", "conditions", "is_public", "state", "valid_to"),
    ),
    ("post_name", "headcount", "majors", "level", "form", "start_from", "months", "pay_min", "place", "conditions"),
)
SUPPLY = Kind(
    "supply",
    SupplyBatch,
    "school",
    (
        *("headcount", "majors", "major_said", "level", "class_year", "intern_from", "intern_to", "grad_date"),
        *("locked", "further", "certs", "is_public", "state", "valid_to"),
    ),
    ("majors", "level", "headcount", "grad_date", "intern_from", "locked", "further"),
)
KINDS = {NEED.name: NEED, SUPPLY.name: SUPPLY}


def kind_of(offer: Offer) -> Kind:
    """The side that an offer is on."""
    return NEED if isinstance(offer, DemandPost) else SUPPLY


def missing_fields(offer: Offer) -> list[str]:
    """What must still be asked, in the order of asking.

    Of a post its time, its name and its span are always asked for, as order classes are run by them.
    """
    unsure = not offer.majors and offer.major_said != ANY_LEVEL
    if isinstance(offer, DemandPost):
        wanted = {
            "post_name": not offer.post_name,
            "headcount": not offer.headcount,
            "majors": unsure,
            "level": not offer.level,
            "start_from": offer.start_from is None,
            "months": offer.form in TRAINING_FORMS and not offer.months,
        }
    else:
        wanted = {
            "majors": unsure,
            "level": not offer.level,
            "headcount": not offer.headcount,
            "grad_date": offer.grad_date is None and offer.intern_from is None,
        }
    return [name for name, is_missing in wanted.items() if is_missing]


def snapshot(offer: Offer) -> dict[str, Any]:
    """The kept fields as JSON types."""
    found: dict[str, Any] = {}
    for name in kind_of(offer).kept:
        value = getattr(offer, name)
        found[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return found
