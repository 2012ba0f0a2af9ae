"""Help for the tests that run across the addons."""
