"""Statements: those of `tables/prints.py` as text. Written by `tables/write.py`, never by hand."""

# fmt: off
from storeapp.database.work import Sql

ADD = Sql('INSERT INTO print_job (id, job_id, kind, printer, state, created_at, receipt, copy, reason, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ('id', 'job_id', 'kind', 'printer', 'state', 'created_at', 'receipt', 'copy', 'reason', 'asked'), {})
GET = Sql('SELECT print_job.job_id, print_job.kind, print_job.printer, print_job.state, print_job.created_at, print_job.receipt, print_job.copy, print_job.reason, print_job.asked FROM print_job WHERE print_job.job_id = ?', ('job_id',), {})
QUEUED = Sql("SELECT print_job.job_id, print_job.kind, print_job.printer, print_job.state, print_job.created_at, print_job.receipt, print_job.copy, print_job.reason, print_job.asked FROM print_job WHERE print_job.state = ? AND state <> 'done' ORDER BY print_job.id LIMIT ?", ('state_1', 'most'), {'state_1': 'queued'})
QUESTIONS = Sql("SELECT print_job.job_id, print_job.kind, print_job.printer, print_job.state, print_job.created_at, print_job.receipt, print_job.copy, print_job.reason, print_job.asked FROM print_job WHERE state <> 'done' AND print_job.state != ? AND print_job.asked = ? ORDER BY print_job.id", ('state_1', 'asked_1'), {'state_1': 'queued', 'asked_1': 0})
RECENT = Sql('SELECT print_job.job_id, print_job.kind, print_job.printer, print_job.state, print_job.created_at, print_job.receipt, print_job.copy, print_job.reason, print_job.asked FROM print_job ORDER BY print_job.id DESC LIMIT ?', ('most',), {})
SET_STATE = Sql('UPDATE print_job SET state=?, reason=? WHERE print_job.job_id = ?', ('new_state', 'new_reason', 'job'), {})
SETTLE = Sql('UPDATE print_job SET asked=? WHERE print_job.job_id = ?', ('asked', 'job'), {'asked': 1})
