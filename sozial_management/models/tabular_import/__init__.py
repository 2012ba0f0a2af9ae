from . import import_column, import_profile, import_proposal, import_row, import_run, import_run_work
