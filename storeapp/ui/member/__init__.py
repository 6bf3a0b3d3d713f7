"""Members: signing up in ten seconds, finding, and everything the shop holds about one."""
