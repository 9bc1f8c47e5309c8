"""The register: units, people, seats, invitations."""
