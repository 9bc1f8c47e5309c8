"""aiogram's models wait for their first use, and are whole then."""

from aiogram import methods, types

MODELS = [model for name in types.__all__ if hasattr(model := getattr(types, name), "model_rebuild")]


def test_models_that_nobody_used_are_not_built() -> None:
    waiting = [model for model in MODELS if not model.__pydantic_complete__]
    assert len(waiting) > len(MODELS) / 2


def test_a_model_is_whole_when_it_is_used() -> None:
    someone = {"id": 1, "is_bot": False, "first_name": "周"}
    asked = types.ShippingQuery.model_validate(
        {
            "id": "1",
            "from": someone,
            "invoice_payload": "x",
            "shipping_address": dict.fromkeys(
                ("country_code", "state", "city", "street_line1", "street_line2", "post_code"), "x"
            ),
        }
    )
    assert type(asked.from_user) is types.User
    assert type(asked.shipping_address) is types.ShippingAddress
    assert methods.SendPoll(chat_id=1, question="几号", options=["22日"]).options == ["22日"]


def test_any_model_can_be_built_late() -> None:
    for model in MODELS[::20]:
        model.model_rebuild(force=True, raise_errors=True)
        assert model.__pydantic_complete__
