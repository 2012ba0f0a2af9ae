from . import project, project_state, part, aim, partner, activity, budget, funding, picture, reach
