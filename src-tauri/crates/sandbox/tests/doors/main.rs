//! Every HTTP door from outside: real TLS on loopback, a client that trusts the session's authority alone.

mod arm;
mod client;
mod entra;
mod graph;
mod logs;
mod session;
mod truth;
mod weather;
