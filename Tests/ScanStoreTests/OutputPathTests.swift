import Foundation
import ScanStore
import Testing

@Suite struct OutputPathTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func kind(_ path: String, overwrite: Bool = true, inputs: [String] = []) throws -> ScanStoreError.Kind? {
    do {
      try OutputPath.check(path, overwrite: overwrite, inputs: inputs)
      return nil
    } catch let error as ScanStoreError {
      return error.kind
    }
  }

  @Test(arguments: [
    ("x", "."), ("d/", "."), (".", "."), ("-", "."), ("", "."), ("a/b", "a"), ("a//b", "a/"), ("a/b/", "a"),
    ("/", "/"), ("//", "/"), ("/x", "/"), ("/a/b", "/a"), ("\u{e9}/\u{3c6}", "\u{e9}"),
  ])
  func foldersOfNames(path: String, folder: String) {
    #expect(DiskSpace(for: path).folder == folder)
  }

  @Test func namesThatCannotBeFiles() throws {
    #expect(try kind("") == .unusableName)
    #expect(try kind(directory.path("new") + "/") == .unusableName)
    #expect(try kind("/dev/null") == .unusableName)
    #expect(try kind(directory.url.path) == .isDirectory)
    #expect(try kind(".") == .isDirectory)
    #expect(try kind(directory.path("no/scan.h5")) == .noSuchDirectory)
    try Data("text".utf8).write(to: URL(filePath: directory.path("file")))
    #expect(try kind(directory.path("file/scan.h5")) == .noSuchDirectory)
    #expect(try kind(directory.path("file")) == nil)
    #expect(try kind(directory.path("file"), overwrite: false) == .alreadyExists)
    #expect(try kind("x") == nil)
  }

  @Test func leftoversAreNamed() throws {
    let path = directory.path("out")
    try Data("half".utf8).write(to: URL(filePath: path + ".part"))
    #expect(try kind(path, overwrite: false) == .unfinishedExists)
    #expect(try kind(path) == nil)
    let error = #expect(throws: ScanStoreError.self) { try TextFile(path, overwrite: false) }
    #expect(error?.suggestion.contains("--force") == true && error?.suggestion.contains("--resume") == false)
    try Data("leptoscan journal 2\n".utf8).write(to: URL(filePath: path + ".part.journal"))
    let begun = #expect(throws: ScanStoreError.self) { try OutputPath.check(path, overwrite: false) }
    #expect(begun?.suggestion.contains("go on with it with --resume") == true)
    try Data().write(to: URL(filePath: path + ".part.journal"))
    #expect(try kind(path, overwrite: false) == nil, "nobody goes on with it")
  }

  @Test func inputsAreNeverReplaced() throws {
    let (input, link) = (directory.path("input"), directory.path("link"))
    try Data("text".utf8).write(to: URL(filePath: input))
    try FileManager.default.linkItem(atPath: input, toPath: link)
    try FileManager.default.linkItem(atPath: input, toPath: directory.path("out.h5.part"))
    #expect(try kind(input, inputs: [directory.path("none"), input]) == .isInput)
    #expect(try kind(directory.path("./input"), inputs: [input]) == .isInput)
    #expect(try kind(link, inputs: [input]) == .isInput)
    #expect(try kind(directory.path("out.h5"), inputs: [input]) == .isInput, "its unfinished file is the input")
    #expect(try kind(directory.path("other"), inputs: [input]) == nil)
  }

  /// Where the system makes no files, whoever asks.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self")))
  func foldersThatTakeNoFiles() throws {
    let error = #expect(throws: ScanStoreError.self) { try TextFile.write("", to: "/proc/x.csv", overwrite: false) }
    #expect([.unusableName, .noPermission].contains(error?.kind), "\(String(describing: error))")
  }

  @Test func textsAppearWhenTheyAreComplete() throws {
    let path = directory.path("table.csv")
    let file = try TextFile(path, overwrite: false)
    try file.append("a,b\n")
    try file.append("\u{3c6},1\n")
    #expect(!FileManager.default.fileExists(atPath: path))
    try file.publish()
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("a,b\n\u{3c6},1\n".utf8))
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
    #expect(throws: ScanStoreError.self) { try TextFile.write("", to: path, overwrite: false) }
    try TextFile.write("new", to: path, overwrite: true)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("new".utf8))
  }

  @Test func nothingIsLeftOfATextThatIsNotCompleted() throws {
    let path = directory.path("table.csv")
    do { try TextFile(path, overwrite: false).append("half") }
    #expect(!FileManager.default.fileExists(atPath: path) && !FileManager.default.fileExists(atPath: path + ".part"))
  }
}
