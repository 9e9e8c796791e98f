DROP TABLE skills_barriers;
DROP TABLE skills_shown_answers;
DROP TABLE skills_answers;
DROP TABLE skills_responses;
DROP TABLE skills_rounds;
DROP TABLE skill_confidences;
DROP TABLE skills;
DROP TABLE skill_groups;
