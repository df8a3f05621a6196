import Foundation

/// The built program, run as a user runs it.
struct Leptoscan {
  struct Outcome {
    var exitCode: Int32
    var output: String
    var errors: String
  }

  /// A fresh folder for the files of one test; removed with ``cleanUp()``.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("leptoscan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func cleanUp() { try? FileManager.default.removeItem(at: folder) }

  /// Beside the test bundle, where SwiftPM builds both.
  static var executable: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("leptoscan")
  }

  /// The top of the checkout, for the examples.
  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Runs `leptoscan ARGUMENTS` in the test's folder.
  ///
  /// - Parameter environment: variables to set besides those of the test process.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = Leptoscan.executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    let errorFile = folder.appendingPathComponent("stderr-\(UUID().uuidString)")
    try Data().write(to: errorFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    try FileManager.default.removeItem(at: errorFile)
    return Outcome(exitCode: process.terminationStatus, output: text, errors: errors)
  }

  /// Writes a file in the test's folder.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func contents(of name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }
}

extension Leptoscan.Outcome {
  /// The numbers of a JSON object, in which infinite ones are "Infinity".
  func numbers() throws -> [String: Double] {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try decoder.decode([String: Double].self, from: Data(output.utf8))
  }
}
