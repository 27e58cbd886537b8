//! Mailboxes and the mail half of the Graph door.
