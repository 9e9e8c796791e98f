//! Training sessions: providers plan and run them, people take places, nobody takes the same one twice.

mod bookings;
mod planning;
mod register;
mod together;
