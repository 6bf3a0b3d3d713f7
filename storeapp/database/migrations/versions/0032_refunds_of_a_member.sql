CREATE INDEX refund_member ON refund (member_id) WHERE member_id IS NOT NULL;
