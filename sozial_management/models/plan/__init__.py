from . import plan, goal, measure, case
