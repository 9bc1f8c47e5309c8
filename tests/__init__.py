"""The suite. Behaviour is tested through real parts: both databases, the real dispatcher, loopback servers."""
