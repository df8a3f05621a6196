/// The version of leptoscan, as in CHANGELOG.md, CITATION.cff and the Python package.
let leptoscanVersion = "0.1.0"

/// The version, and the commit where it is known: what tells builds apart. Files and journals carry it.
let leptoscanBuild = builtCommit.isEmpty ? leptoscanVersion : "\(leptoscanVersion) (\(builtCommit))"

/// What made a file.
let leptoscanSource = "leptoscan \(leptoscanBuild)"
