//! Prints the TypeScript of the contract.

fn main() {
    print!("{}", contract::typescript::module());
}
