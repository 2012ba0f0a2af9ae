from . import res_company, fund, fund_plan, fund_carry, fund_entry, fund_request, fund_request_steps, case
