"""Approval: somebody who may says yes to one action of somebody who may not."""
