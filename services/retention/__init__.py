"""Forgetting in time: what was needed to work and is needed no more."""

from services.retention.forgetting import Forgotten, forget_old

__all__ = ["Forgotten", "forget_old"]
