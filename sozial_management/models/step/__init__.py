from . import template_step, case_type, step, case, deadline, my_day
