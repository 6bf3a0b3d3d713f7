"""Alarms: somebody at a till has looked at one."""

from datetime import datetime

from storeapp.cloud import alarms
from storeapp.cloud.projector.bodies import AlarmSeen
from storeapp.cloud.projector.work import Event, Work


def looked(work: Work, event: Event, body: AlarmSeen) -> None:
    """Whoever was first has looked at it."""
    alarms.see(work.connection, work.tenant_id, body.alarm_id, by=body.by, at=datetime.fromisoformat(event.at))
