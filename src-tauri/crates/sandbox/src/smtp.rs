//! The SMTP door.
