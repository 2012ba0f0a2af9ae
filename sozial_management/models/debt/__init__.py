from . import finance, debt_claim, debt_balance, budget_category, budget, budget_line, rent_due, res_company, case, case_passages
