from . import import_profile, import_run, import_run_work, import_column, import_row, import_proposal
