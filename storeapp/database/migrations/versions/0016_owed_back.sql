-- What a company refused to give back is found without reading every payment.

CREATE INDEX attempt_owed_back ON attempt (state) WHERE kind = 'refund' AND state = 'failed';
