//! The whole portal, used from outside as people use it. One binary; a file for each part of the service.

mod harness;

mod accounts;
mod architecture;
mod assessment_steps;
mod audit;
mod authority;
mod bad_input;
mod charter;
mod commands;
mod directory;
mod documents;
mod front;
mod joining;
mod journeys;
mod leaving;
mod limits;
mod mail;
mod migrations;
mod my_account;
mod passkeys;
mod people;
mod pledge_rules;
mod pledging;
mod public_register;
mod quality;
mod registration;
mod rescue;
mod review;
mod sign_in;
mod single_sign_on;
mod skills_audit;
mod templates;
mod town;
mod training;
mod work_roles;
