import Foundation

/// A Python that can draw, and the package that does.
struct PythonInterpreter {
  /// The modules that the package needs.
  private static let modules = ["numpy", "xarray", "matplotlib"]

  private let path: String
  private let environment: [String: String]

  /// The Python of LEPTOSCAN_PYTHON; without it the first of `python3` and `/usr/bin/python3` that has the modules.
  ///
  /// - Throws: ``UsageError`` that says what is missing.
  static func find() throws -> PythonInterpreter {
    let chosen = ProcessInfo.processInfo.environment["LEPTOSCAN_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    let candidates = chosen.map { [$0] } ?? ["python3", "/usr/bin/python3"]
    var problems: [String] = []
    for candidate in candidates {
      let python = PythonInterpreter(path: candidate)
      guard let problem = python.problem() else { return python }
      problems.append(problem)
    }
    throw UsageError(
      "there is no Python to plot with (\(problems.joined(separator: "; "))) install them, for instance with "
        + "apt-get install python3-matplotlib python3-xarray python3-h5netcdf, or name an interpreter in "
        + "LEPTOSCAN_PYTHON", code: .inputOutput)
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

  /// The folder `python` of the checkout that this program was built in, or of the place it is installed to; nil where
  /// there is none, and the package has to be installed.
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
  private func problem() -> String? {
    let test = """
      import importlib.util as u, sys
      missing = [m for m in sys.argv[1:] if u.find_spec(m) is None]
      if u.find_spec("h5netcdf") is None and u.find_spec("netCDF4") is None: missing.append("h5netcdf")
      print(" ".join(missing))
      """
    let output = Pipe()
    let process = process(["-c", test] + PythonInterpreter.modules + ["leptoscan"])
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return "\(path) cannot be run" }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus != 0 { return "\(path) is not found or fails" }
    let missing = text.split { $0.isWhitespace }.joined(separator: ", ")
    return missing.isEmpty ? nil : "\(path) lacks \(missing)"
  }

  /// Runs `python3 -m leptoscan ARGUMENTS`, which prints its own errors.
  /// - Returns: its exit code; one that is none of leptoscan's means a failure within Python.
  func runPackage(_ arguments: [String]) throws -> Int32 {
    let process = process(["-m", "leptoscan"] + arguments)
    try process.run()
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
