from . import letter, questionnaire
