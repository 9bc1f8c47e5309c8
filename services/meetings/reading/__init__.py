"""What people write about meetings, understood: decisions, time limits, replies, orders. Pure, no I/O."""
