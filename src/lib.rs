//! The Youth Charter portal. The modules stand in the order of their levels: each may use those above it, never
//! those below, and never one of its own level (ARCHITECTURE.md has the table; a test holds the house to it).

#![recursion_limit = "256"] // A table of the schema is one step of a macro, and there are more than 128.

// 0: words without meaning to the programme
pub mod clock;
pub mod config;
pub mod error;
pub mod ids;
pub mod reading_age;
pub mod secrets;
pub mod small_groups;
pub mod words;
// 1: where records and templates are kept
pub mod db;
pub mod templates;
// 2: the trail, papers, the post, files, other people's accounts, and HTTP
pub mod audit;
pub mod drawing;
pub mod files;
pub mod mail;
pub mod openid;
pub mod sheets;
pub mod takeaway;
pub mod web;
// 3: one change
pub mod acts;
pub mod backup;
// 4: who is asking
pub mod accounts;
// 5: coming in at the door; bodies and the people in them; what the VRP sets for all; what files bring in
pub mod organisations;
pub mod passkeys;
pub mod programme;
pub mod sign_in;
pub mod single_sign_on;
pub mod virus_scan;
// 6: the way to a pledge, documents, what an organisation is asked, taking over, training, and what young people say
pub mod affiliations;
pub mod before_pledging;
pub mod documents;
pub mod my_account;
pub mod questions;
pub mod rescue;
pub mod training;
pub mod voice;
// 7: the Charter, the quality framework as published, who gives training, and the skills audit
pub mod charter;
pub mod framework;
pub mod imports;
pub mod my_training;
pub mod notices;
pub mod pathways;
pub mod profile;
pub mod providers;
pub mod registration;
pub mod skills_audit;
// 8: writing the next Charter; what the portal knows, as evidence; rounds of the skills audit; sessions and their places
pub mod charter_drafting;
pub mod good_practice;
pub mod live_records;
pub mod skills_rounds;
pub mod training_sessions;
// 9: self-assessment against the framework
pub mod quality;
// 10: the self-assessment on paper and offline, who came to a session, the people with all they hold, and review
pub mod assessment_papers;
pub mod attendance;
pub mod charter_oversight;
pub mod framework_drafting;
pub mod offline_answers;
pub mod people;
pub mod review;
// 11: what is made of it all
pub mod credentials;
pub mod directory;
pub mod front;
pub mod funders_pack;
pub mod organisation_data;
pub mod oversight;
pub mod public_register;
pub mod sector_skills;
pub mod sector_training;
pub mod umbrella_picture;
pub mod your_data;
// 12: everything together
pub mod app;
pub mod cli;
pub mod demonstration;
pub mod reminders;
