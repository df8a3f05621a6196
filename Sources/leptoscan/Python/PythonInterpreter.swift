import Foundation

/// A Python that can draw, and the package that does.
struct PythonInterpreter {
  /// The modules that the package needs.
  private static let modules = ["numpy", "xarray", "matplotlib"]
  /// What draws.
  private static let package = "leptoscan"

  private let path: String
  private let environment: [String: String]

  /// The Python of LEPTOSCAN_PYTHON; without it the first of `python3` and `/usr/bin/python3` that has the modules.
  ///
  /// - Throws: ``UsageError`` that says what is missing.
  static func find() throws -> PythonInterpreter {
    let chosen = ProcessInfo.processInfo.environment["LEPTOSCAN_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    let candidates = chosen.map { [$0] } ?? ["python3", "/usr/bin/python3"]
    var problems: [Problem] = []
    for candidate in candidates {
      let python = PythonInterpreter(path: candidate)
      guard let problem = python.problem() else { return python }
      problems.append(problem)
    }
    throw UsageError(
      "there is no Python to plot with (\(problems.map(\.text).joined(separator: "; "))) "
        + "\(suggestion(for: problems)), or name an interpreter in LEPTOSCAN_PYTHON", code: .inputOutput)
  }

  /// Why an interpreter cannot draw.
  private struct Problem {
    var text: String
    /// Where it runs, what it does not find.
    var missing: [String] = []
  }

  private static func suggestion(for problems: [Problem]) -> String {
    if problems.contains(where: { $0.missing == [package] }) {
      return "install its package from leptoscan's source with pip install ./python, or add that folder to PYTHONPATH"
    }
    let others = "install them, for instance with apt-get install python3-matplotlib python3-xarray python3-h5netcdf"
    let isFound = !problems.contains { $0.missing.contains(package) }
    return isFound ? others : "\(others), and its package from leptoscan's source with pip install ./python"
  }

  private init(path: String) {
    self.path = path
    var environment = ProcessInfo.processInfo.environment
    if let folder = PythonInterpreter.packageFolder {
      let rest = environment["PYTHONPATH"].map { [$0] } ?? []
      environment["PYTHONPATH"] = ([folder] + rest).joined(separator: ":")
    }
    self.environment = environment
  }

  /// The folder with the package: `python` or `share/leptoscan/python` in one above the program, such as the checkout that
  /// it was built in; nil where there is none, and the package has to be installed.
  private static var packageFolder: String? {
    let program = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath()
    let above = sequence(first: program.deletingLastPathComponent()) { folder in
      folder.path == "/" ? nil : folder.deletingLastPathComponent()
    }
    for folder in above {
      for place in ["python", "share/leptoscan/python"] {
        let candidate = folder.appendingPathComponent(place)
        let package = candidate.appendingPathComponent("leptoscan/__main__.py")
        if FileManager.default.fileExists(atPath: package.path) { return candidate.path }
      }
    }
    return nil
  }

  /// What keeps it from drawing; nil if nothing does.
  private func problem() -> Problem? {
    let test = """
      import importlib.util as u, sys
      missing = [m for m in sys.argv[1:] if u.find_spec(m) is None]
      if u.find_spec("h5netcdf") is None and u.find_spec("netCDF4") is None: missing.append("h5netcdf")
      print(" ".join(missing))
      """
    let output = Pipe()
    let process = process(["-c", test] + PythonInterpreter.modules + [PythonInterpreter.package])
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? StopSignals.unblocked { try process.run() }) != nil else {
      return Problem(text: "\(path) cannot be run")
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus != 0 { return Problem(text: "\(path) is not found or fails") }
    let missing = text.split { $0.isWhitespace }.map(String.init)
    if missing.isEmpty { return nil }
    return Problem(text: "\(path) lacks \(missing.joined(separator: ", "))", missing: missing)
  }

  /// Runs `python3 -m leptoscan ARGUMENTS`, which prints its own errors.
  /// - Returns: its exit code; one that is none of leptoscan's means a failure within Python.
  func runPackage(_ arguments: [String]) throws -> Int32 {
    let process = process(["-m", "leptoscan"] + arguments)
    try StopSignals.unblocked { try process.run() }
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : Failure.Code.inputOutput.rawValue
  }

  /// `env` looks for the interpreter along the path.
  private func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [path] + arguments
    process.environment = environment
    return process
  }
}
