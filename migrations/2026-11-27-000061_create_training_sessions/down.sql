DROP TABLE training_feedback;
DROP TABLE training_feedback_given;
DROP TABLE training_bookings;
DROP TABLE training_sessions;
DROP TABLE training_provider_people;
DROP TABLE training_providers;
