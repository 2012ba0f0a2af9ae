from . import life_area, assessment, assessment_line, case, case_passages, subject_part
