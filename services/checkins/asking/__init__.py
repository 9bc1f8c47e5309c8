"""What somebody asks, wishes or orders about a check-in beside its figures. Pure; nothing is looked up."""
