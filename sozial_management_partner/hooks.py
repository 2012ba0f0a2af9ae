"""Removal of the addon from a company's own database."""

from odoo.tools import SQL

# In the order in which they hold each other: Odoo removes records one by one and would begin with
# what others still refer to.
HELD_FIRST = (
    "sozial_referral_line",
    "sozial_referral",
    "sozial_referral_share",
    "sozial_referral_fact",
    "sozial_agreement_duty_version",
    "sozial_agreement_report",
    "sozial_agreement_proof_receipt",
    "sozial_agreement_proof_line",
    "sozial_agreement_proof",
    "sozial_agreement_position",
    "sozial_agreement_service",
    "sozial_agreement",
    "sozial_call_record",
    "sozial_call_news",
    "sozial_call_record_waiting",
    "sozial_award_letter",
    "sozial_award_place",
    "sozial_award",
    "sozial_review_consensus",
    "sozial_review_score",
    "sozial_review",
    "sozial_review_eligibility",
    "sozial_review_member",
    "sozial_evidence_answer",
    "sozial_evidence_request",
    "sozial_call_opening",
    "sozial_call_key",
    "sozial_submission_envelope",
    "sozial_submission_late",
    "sozial_submission_member",
    "sozial_submission_content",
    "sozial_submission",
    "sozial_call_version",
)


def uninstall_hook(env):
    """Let go of what refuses its own removal."""
    for table in ("sozial_retention_proposal", "sozial_retention_rule"):
        env.cr.execute(SQL("DELETE FROM %s WHERE subject = 'call'", SQL.identifier(table)))
    # Else the files of calls, which refuse every deletion, would stop it.
    env.cr.execute("DROP FUNCTION IF EXISTS sozial_call_record_guard() CASCADE")
    env.cr.execute("UPDATE sozial_agreement SET previous_id = NULL WHERE previous_id IS NOT NULL")
    env.cr.execute("UPDATE sozial_submission SET previous_id = NULL WHERE previous_id IS NOT NULL")
    for table in HELD_FIRST:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
