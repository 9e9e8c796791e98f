//! A portal full of made-up organisations, in every state of every journey, made through the same verbs that
//! people's buttons call.
