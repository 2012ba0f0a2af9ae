from . import finance, approved, debt_claim, debt_balance, budget_category, budget, budget_line, rent_due, settlement, settlement_line
from . import instalment_plan, instalment_plan_steps, instalment_plan_approval, instalment_share, instalment
from . import res_company, res_users, tenancy, case, case_settling, case_passages, subject_part
