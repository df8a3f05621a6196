/// The version of leptoscan, as in CHANGELOG.md.
let leptoscanVersion = "0.1.0"
