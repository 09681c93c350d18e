select record_no, settlement_id, started_at, ended_at, deposited_at, currency, total_payable as total_amount, known_at
from typed where problem is null and is_summary
