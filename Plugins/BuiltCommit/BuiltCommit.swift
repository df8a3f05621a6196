import Foundation
import PackagePlugin

/// Tells the command line what commit it is built from; see scripts/write-commit.
///
/// A prebuild command would not do: SwiftPM runs it only when it plans the build anew. So the script is run whenever a file
/// changes that what it says follows from: those of the repository that every commit touches, and all that is built.
@main
struct BuiltCommit: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let package = context.package.directoryURL
    let folder = context.pluginWorkDirectoryURL
    let script = package.appending(path: "scripts/write-commit")
    let built = ["Kernels", "Plugins", "Sources"].flatMap { files(below: package.appending(path: $0)) }
    return [
      .buildCommand(
        displayName: "Looking up the commit", executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: [script.path, package.path, folder.path],
        inputFiles: [script, package.appending(path: "Package.swift")] + built + repositoryFiles(of: package),
        outputFiles: [folder.appending(path: "BuiltCommit.swift")])
    ]
  }

  private func files(below folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    return (found?.allObjects as? [URL] ?? []).filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }
  }

  private func repositoryFiles(of package: URL) -> [URL] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", package.path, "rev-parse"] + ["HEAD", "index", "logs/HEAD"].flatMap { ["--git-path", $0] }
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return [] }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map { URL(fileURLWithPath: String($0), relativeTo: package).absoluteURL }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
  }
}
