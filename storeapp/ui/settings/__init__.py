"""Settings: what the owner tunes, what hangs on this machine, who may stand here, and the cloud."""
