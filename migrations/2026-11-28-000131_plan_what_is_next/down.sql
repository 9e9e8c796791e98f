DROP TABLE planned_actions;
DROP TABLE answer_comments;
