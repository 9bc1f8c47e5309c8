"""What the consortium does: members, questions, check-ins, meetings, digests, outbox. SQLAlchemy lives here."""
