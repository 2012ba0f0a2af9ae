"""Guards of debts, funds and campaigns, like those in `guards.py`."""

FUND_ASKED, FUND_PAID = "test_fund:TestFundRequest", "test_fund:TestFundPayment"
FUND_BUDGET = "test_fund_budget:TestFundBudget"
DEBT, SETTLE, RATES = "test_debt", "test_debt_settlement:TestSettlement", "test_debt_instalments:TestInstalmentPlan"
OUTREACH = "test_outreach:TestOutreach"
MISHAPS = "test_outreach_mishaps:TestMishapsOfAnOutreach"
WORKS = "test_outreach_works:TestOutreachWorks"
AGEING = "test_outreach_ageing:TestOutreachAgeing"
TENANCIES = "test_outreach_tenancies:TestSheetOfATenancy"
READ = "test_outreach_log:TestPrivateLog"
CHECKLISTS = "test_outreach_tenancies:TestChecklistOfATenancy"

GUARDS_OF_FINANCES = {
    # rent debt
    "models.debt.case:SozialCase.write": [f"{DEBT}:TestClaim.test_an_ended_case_stays_as_it_was"],
    "models.debt.case:SozialCase._require_arrears_shown": [f"{DEBT}:TestClaim.test_the_company_decides_whether_arrears_are_shown"],
    "models.debt.debt_claim:SozialDebtClaim._check_days": [f"{DEBT}:TestClaim.test_bad_amounts_and_days_are_named"],
    "models.debt.debt_claim:SozialDebtClaim._check_amount": [f"{DEBT}:TestClaim.test_bad_amounts_and_days_are_named"],
    "models.debt.budget:SozialBudget._require_newest": [f"{DEBT}:TestBudget.test_versions"],
    "models.debt.budget:SozialBudget._unlink_newest": [f"{DEBT}:TestBudget.test_versions"],
    "models.debt.budget:SozialBudget._check_valid_from": [f"{DEBT}:TestBudget.test_bad_items_are_refused"],
    "models.debt.budget_line:SozialBudgetLine.create": [f"{DEBT}:TestBudget.test_versions"],
    "models.debt.budget_line:SozialBudgetLine.write": [f"{DEBT}:TestBudget.test_versions"],
    "models.debt.budget_line:SozialBudgetLine._unlink_newest": [f"{DEBT}:TestBudget.test_versions"],
    "models.debt.approved:SozialFinanceApproved.create": [f"{SETTLE}.test_choice_and_approval_are_not_written"],
    "models.debt.approved:SozialFinanceApproved.write": [f"{SETTLE}.test_choice_and_approval_are_not_written"],
    "models.debt.settlement:SozialSettlement._require_not_chosen": [f"{SETTLE}.test_the_chosen_one_becomes_a_plan"],
    "models.debt.settlement:SozialSettlement._unlink_not_chosen": [f"{SETTLE}.test_the_chosen_one_becomes_a_plan"],
    "models.debt.instalment_plan:SozialInstalmentPlan._require_draft": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.instalment_plan:SozialInstalmentPlan._unlink_draft": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.approved:SozialFinanceApproved.action_approve": [f"{SETTLE}.test_own_company_first_needs_a_reason_and_a_second_person"],
    "models.debt.settlement:SozialSettlement._nothing_to_approve": [f"{SETTLE}.test_nothing_is_approved_before_the_choice_or_without_need"],
    "models.debt.instalment_plan_approval:SozialInstalmentPlan._nothing_to_approve": [
        "test_debt_own_company:TestOwnCompany.test_ways_to_prefer_it",
    ],
    "models.debt.instalment_plan_approval:SozialInstalmentPlan._is_approved": [
        "test_debt_own_company:TestOwnCompany.test_approved_is_what_was_known_then"
    ],
    "models.debt.tenancy:SozialTenancy._has_field_access": ["test_debt_own_company:TestArrearsHidden"],
    "models.debt.instalment_plan:SozialInstalmentPlan.copy": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.instalment_plan_steps:SozialInstalmentPlan._require_state": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.instalment_share:SozialInstalmentShare.create": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.instalment_share:SozialInstalmentShare.write": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.instalment_share:SozialInstalmentShare._unlink_draft": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.instalment_share:SozialInstalmentShare._check_same_case": [f"{RATES}.test_senseless_values_are_refused"],
    "models.debt.instalment_share:SozialInstalmentShare._check_reply_on": [f"{RATES}.test_accepted_by_each_creditor"],
    "models.debt.instalment:SozialInstalment.write": [f"{RATES}.test_accepted_stays_as_it_is"],
    "models.debt.instalment:SozialInstalment._check_paid_on": ["test_debt_instalments:TestPayments.test_bad_payments_are_refused"],
    # hardship fund
    "models.fund.fund:SozialFund.create": [f"{FUND_BUDGET}.test_a_plan_does_not_fall_below_what_is_approved"],
    "models.fund.fund:SozialFund.write": [f"{FUND_BUDGET}.test_a_plan_does_not_fall_below_what_is_approved"],
    "models.fund.fund:SozialFund._refuse_overdrawn": [f"{FUND_BUDGET}.test_a_plan_does_not_fall_below_what_is_approved"],
    "models.fund.fund:SozialFund._refuse_other_company": ["test_fund_safeguards:TestFundSafeguards.test_a_fund_stays_with_its_company"],
    "models.fund.fund_plan:SozialFundPlan.unlink": ["test_fund_safeguards:TestFundSafeguards.test_a_line_that_another_one_used_up_stays"],
    "models.outreach.outreach_letters:SozialOutreach._refuse_past": [f"{MISHAPS}.test_nobody_is_invited_to_a_day_that_is_over"],
    "models.outreach.outreach_letters:SozialOutreach._refuse_while_printing": [f"{MISHAPS}.test_all_letters_say_the_same"],
    "models.outreach.outreach_letters:SozialOutreach.write": [f"{MISHAPS}.test_all_letters_say_the_same"],
    "models.outreach.outreach:SozialOutreach._check_buildings": [f"{MISHAPS}.test_buildings_are_those_of_the_quarter"],
    "models.outreach.works:SozialOutreach._check_schedule": [
        "test_outreach_mishaps:TestMishapsOfWorks.test_a_schedule_stays_with_its_buildings"
    ],
    "models.outreach.outreach_letters:SozialOutreach._refuse_unknown_names": [
        "test_outreach:TestOutreach.test_what_an_invitation_cannot_fill_is_not_printed"
    ],
    "models.fund.fund_plan:SozialFundPlan.write": [f"{FUND_BUDGET}.test_a_plan_does_not_fall_below_what_is_approved"],
    "models.fund.fund_plan:SozialFundPlan._require_unused": [f"{FUND_BUDGET}.test_a_plan_does_not_fall_below_what_is_approved"],
    "models.fund.fund_plan:SozialFundPlan._unlink_unused": [f"{FUND_BUDGET}.test_a_plan_does_not_fall_below_what_is_approved"],
    "models.fund.fund_entry:SozialFundEntry.write": [f"{FUND_PAID}.test_payments_come_from_approvals"],
    "models.fund.fund_entry:SozialFundEntry.copy": [f"{FUND_PAID}.test_payments_come_from_approvals"],
    "models.fund.fund_entry:SozialFundEntry._check_paid_on": [f"{FUND_PAID}.test_payments_come_from_approvals"],
    "models.fund.fund_request:SozialFundRequest._check_account": [f"{FUND_ASKED}.test_what_is_missing_is_named_at_once"],
    "models.fund.fund_request:SozialFundRequest._check_returned_on": [f"{FUND_ASKED}.test_what_comes_back_is_in_the_fund_again"],
    "models.fund.fund_request:SozialFundRequest.create": [f"{FUND_ASKED}.test_asked_and_approved_stays_as_it_is"],
    "models.fund.fund_request:SozialFundRequest.write": [f"{FUND_ASKED}.test_asked_and_approved_stays_as_it_is"],
    "models.fund.fund_request:SozialFundRequest._refuse_early": [f"{FUND_ASKED}.test_asked_and_approved_stays_as_it_is"],
    "models.fund.fund_request:SozialFundRequest._require_open_to": [f"{FUND_ASKED}.test_asked_and_approved_stays_as_it_is"],
    "models.fund.fund_request:SozialFundRequest.unlink": [f"{FUND_PAID}.test_erased_requests_leave_amounts_alone"],
    "models.fund.fund_request:SozialFundRequest._unlink_draft": [f"{FUND_ASKED}.test_asked_and_approved_stays_as_it_is"],
    "models.fund.fund_request_steps:SozialFundRequest._refuse_client_told": [
        "test_fund_safeguards:TestFundSafeguards.test_whoever_pays_is_not_told_the_client_of_a_closed_case"
    ],
    "models.fund.fund_request_steps:SozialFundRequest._require_state": [f"{FUND_ASKED}.test_from_request_to_receipt"],
    "models.fund.fund_request_steps:SozialFundRequest._require_second_person": [f"{FUND_ASKED}.test_a_second_person_decides"],
    # outreach: every dwelling, and nobody in particular
    "models.outreach.outreach:SozialOutreach.create": [f"{OUTREACH}.test_every_dwelling_gets_its_row_once"],
    "models.outreach.outreach:SozialOutreach.write": [f"{OUTREACH}.test_every_dwelling_gets_its_row_once"],
    "models.outreach.outreach:SozialOutreach._unlink_draft": [f"{OUTREACH}.test_every_dwelling_gets_its_row_once"],
    "models.outreach.outreach:SozialOutreach._require_state": [f"{OUTREACH}.test_every_dwelling_gets_its_row_once"],
    "models.outreach.outreach_visit:SozialOutreachVisit.write": [f"{OUTREACH}.test_who_answered_is_noted_nowhere"],
    # accompanied outreach: what is noted at a dwelling is for those who work on it
    "models.outreach.accompanied:SozialOutreach._require_responsible": [f"{WORKS}.test_somebody_answers_for_it"],
    "models.outreach.private:SozialOutreachPrivate._require_running": [f"{WORKS}.test_after_the_end_nothing_is_entered_and_needs_go"],
    "models.outreach.private:SozialOutreachPrivate._require_current": [f"{TENANCIES}.test_the_sheet_of_a_former_tenant_is_closed"],
    "models.outreach.accompanied:SozialOutreach._require_along": [f"{TENANCIES}.test_a_vacant_dwelling_needs_no_sheet"],
    # what was noted is on record when it is read
    "models.access_log.logged_row:SozialAccessLoggedRow._log_reading": [f"{READ}.test_an_opening_is_one_row"],
    "models.access_log.logged_row:SozialAccessLoggedRow._add_to_list": [f"{READ}.test_lists_and_sums_are_one_row"],
    "models.outreach.home_part:SozialHomePart._logged_keys": [f"{READ}.test_an_opening_is_one_row"],
    "models.outreach.home_part:SozialHomePart._logged_as": [f"{READ}.test_an_opening_is_one_row"],
    "models.outreach.home_check:SozialHomeCheck._require_let": [f"{CHECKLISTS}.test_a_vacant_dwelling_has_no_checklist"],
    "models.outreach.home_check:SozialHomeCheck.write": [f"{AGEING}.test_what_was_noted_stays_with_its_dwelling"],
    "models.outreach.home_check:SozialHomeCheck.unlink": [f"{AGEING}.test_a_photograph_is_as_private_as_its_point"],
    "models.outreach.home_part:SozialHomePart.create": [f"{AGEING}.test_only_those_who_work_along_read_it"],
    "models.outreach.home_part:SozialHomePart.write": [f"{AGEING}.test_what_was_noted_stays_with_its_dwelling"],
    "models.outreach.works_phase:SozialWorksPhase._require_open": [f"{WORKS}.test_phases_belong_to_works_that_go_on"],
    "models.outreach.works_phase:SozialWorksPhase._unlink_open": [f"{WORKS}.test_phases_belong_to_works_that_go_on"],
    "models.outreach.works_phase:SozialWorksPhase.write": [f"{WORKS}.test_phases_belong_to_works_that_go_on"],
    "models.outreach.works_sheet:SozialWorksSheet.write": [f"{WORKS}.test_who_decided_is_noted_by_itself"],
}
